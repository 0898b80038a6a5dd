public import Engine
public import Protocol

/// What the auditor is shown: everything that reaches the disk or leaves the server.
public enum Observation: Sendable {
    /// A commit was handed to the disk, or has ended.
    case commit(isUnderWay: Bool)
    /// The disk kept these records.
    case kept([Record])
    /// A version was told to someone.
    case showed(Version)
    /// A placement or an undo was acknowledged; `pixel` is nil for an undo.
    case acknowledged(PlacedAnswer, account: Identifier, pixel: Pixel?)
    /// A connection was told the canvas's version with its first word.
    case welcomed(ConnectionID, at: Version)
    /// A connection gets the frames of a stream.
    case subscribed(ConnectionID, Topic)
    /// A connection was told that it waits or plays, or that it doesn't.
    case follows(ConnectionID, takesPart: Bool)
    /// A connection gets none for now.
    case unsubscribed(ConnectionID)
    /// A connection's frames are over until it begins anew.
    case ended(ConnectionID)
    /// A frame went to everyone subscribed to a stream.
    case published(PixelRun, Topic)
    /// The canvas's size, epoch and version were told to someone.
    case headShown(CanvasHead)
    /// Everyone subscribed to a stream was told that a blank canvas begins.
    case resetPublished(epoch: Int, version: Version, CanvasSize, Topic)
    /// One connection was told so.
    case resetSent(ConnectionID, epoch: Int, version: Version, CanvasSize)
    /// A merged frame went to one connection.
    case merged(ConnectionID, PixelRun)
    /// The server wants a snapshot of these cells.
    case snapshotWanted(version: Version, cells: [UInt8])
    /// A snapshot under way has ended.
    case snapshotEnded
    /// A snapshot was given to someone.
    case snapshotGiven(SnapshotAnswer)
    /// The mask of touched cells was given to someone, its bytes as they are.
    case touchedGiven(TouchedAnswer)
    /// Changes were given to someone.
    case changesGiven(ChangesAnswer, from: Version, to: Version?)
    /// A spectator was given something that has a cooldown, which counts from a time.
    case spectatorGiven(kind: String, watcher: String, atUs: Int64)
    /// A request came in, or an answer went out.
    case asked(RequestID)
    case answered(RequestID)
    /// A host's command came in, or an answer went out.
    case hostAsked(HostCallID)
    case hostAnswered(HostCallID)
    /// Telegram was told that an update was looked at, and gives it nobody any more.
    case confirmedToTelegram(Int64)
    /// After a step, the next wake-up is planned.
    case wakePlanned(atUs: Int64)
    /// A connection has left bytes unread since a time, and is still open.
    case behind(ConnectionID, sinceUs: Int64)
    /// A message went over the wire; whether it came out as it went in.
    case carried(isSame: Bool, what: String)
    /// A refresh comes from a client that keeps to the rules, whatever became of its calls before.
    case repeats(RequestID)
    /// An account's client doesn't keep to the rules of the arcade from now on.
    case cheats(Identifier)
    /// A step began: time passed, then the requests that only read were answered, which led to these effects.
    case passed(wallMs: Int64, reads: [Input], [Effect])
    /// The step came to an input, which led to these.
    case took(Input, [Effect])
    /// All inputs were taken; what had become due led to these.
    case pursued([Effect])
    /// The step is over, and this is where everyone stands.
    case stands(Standing)
    /// A client heard an event of a relay.
    case heard(ConnectionID, RelayEvent)
    /// All is quiet: what those who push clicks know.
    case clicked([ClickTally])
    /// All is quiet: what a member of a relay's room sees.
    case room(name: String, RelayView)
    /// The server started from this.
    case restarted(RecoveredState, version: Version, cells: [UInt8], wallMs: Int64)
    /// Nothing waits for the disk, and these sign-ins are present there.
    case settled(present: Set<Identifier>)
    /// All is quiet: the server's state, then each replica's.
    case quiet(version: Version, cells: [UInt8])
    case replica(name: String, version: Version?, cells: [UInt8])
}

/// A sign-in's batch of clicks.
public struct ClickBatch: Hashable, Sendable {
    /// The sign-in.
    public var session: Identifier
    /// The batch's name.
    public var name: String

    /// Joins the parts.
    public init(session: Identifier, name: String) {
        self.session = session
        self.name = name
    }
}

/// What someone who pushes clicks knows of them.
public struct ClickTally: Hashable, Sendable {
    /// The clicks of each batch that the server said it counted.
    public var acknowledged: [ClickBatch: Int]
    /// Batches that were sent and of which nobody will hear any more.
    public var unresolved: Set<ClickBatch>

    /// Joins the parts.
    public init(acknowledged: [ClickBatch: Int] = [:], unresolved: Set<ClickBatch> = []) {
        self.acknowledged = acknowledged
        self.unresolved = unresolved
    }
}
