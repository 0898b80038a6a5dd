public import Game
public import Protocol

/// Everything the engine wants done; the edge does it in order and decides nothing.
public enum Effect: Sendable {
    /// To one socket.
    case send(ConnectionID, ServerEnvelope)
    /// To every socket on the topic: encoded once for each codec.
    case publish(Topic, ServerMessage)
    /// The same to all but one, who hears more.
    case publishToOthers(Topic, ServerMessage, than: ConnectionID)
    case subscribe(ConnectionID, Topic)
    case unsubscribe(ConnectionID, Topic)
    /// Ask a socket for a pong, which `.roundTrip` tells of.
    case ping(ConnectionID)
    /// Close with a code; a `tooSlow` one finishes the frame under way and sends nothing after.
    case close(ConnectionID, CloseCode)
    case respond(RequestID, Answer)
    /// Make these durable as one transaction, then say `.committed` or `.commitFailed`. One at a time.
    case commit(CommitID, [Record])
    /// Try a small write after a full disk, then say `.storageProbed`.
    case probeStorage
    /// Compress these cells off the loop, then say `.snapshotTaken`. One at a time.
    case takeSnapshot(CanvasSize, epoch: Int, version: Version, cells: [UInt8])
    /// Draw these cells as a PNG off the loop, then say `.pictureDrawn`. One at a time.
    case renderPNG(CanvasHead, cells: [UInt8])
    /// Pack this mask off the loop, then say `.touchedPacked`. One at a time.
    case packTouched(CellMask, epoch: Int, version: Version)
    /// Make a canvas of the past off the loop, then say `.historyRestored`.
    case restoreHistory(RequestID, HistoryMaterial)
    /// Look something up in storage, then say `.queryAnswered`.
    case query(QueryID, Query)
    /// Draw a name for a click game that nobody ordered, then say `.clickGameDrawn`. One at a time.
    case drawClickGame
    /// The answer to a host's command.
    case answerHost(HostCallID, HostAnswer)
    /// What Telegram's device is to know.
    case telegram(TelegramEffect)
    /// Draw this of these cells off the loop, then say `.viewDrawn`; the caption belongs below text. One at a time.
    case draw(Drawing, CanvasHead, caption: String, cells: [UInt8])
    /// Send a frame to streams, the same bytes to each, each of which says `.streamRead` once it has left.
    case stream([RequestID], [UInt8])
    /// End a stream with a last word.
    case endStream(RequestID)
    /// A line for the log.
    case log(LogEvent)
    /// Draining is done: everything held is durable or refused.
    case drained
}

/// What sockets subscribe to.
public enum Topic: Hashable, Sendable {
    case canvas
    /// The canvas at a slower tick, for whoever neither plays nor waits.
    case spectators
    /// The running click game's totals, for a part of all sockets.
    case clicks(lane: Int)
    /// A relay's room.
    case relay(Identifier)
}

/// What storage is asked.
public enum Query: Hashable, Sendable {
    /// The placement on top of a cell at the durable version.
    case topPixel(cell: Int, epoch: Int)
    /// An account's latest placement in this epoch that wasn't taken back, of those before a version.
    case lastPixel(account: Identifier, epoch: Int, before: Version = .max)
    /// Whose refresh token this hash was, used or not.
    case refreshToken(hash: [UInt8])
    /// What a sign-in pushed lately, and what its account or guest did in a game, where there is one.
    case clickHistory(session: Identifier, holder: Identifier, game: Identifier?)
    /// What became of a sign-in's push.
    case clickPush(session: Identifier, batchID: String)
    /// A click game's contributions as JSON.
    case clickContributions(game: Identifier)
    /// The accounts that contributed to a click game.
    case clickContributors(game: Identifier)
    /// A board's best since a time, in milliseconds since 1970.
    case leaderboard(Board, sinceMs: Int64)
    /// What was seen of accounts and nobody cleared.
    case flags
    /// What players wrote to the host.
    case feedback
    /// The newest rows of the audit before a row's number; nil for the newest of all.
    case audit(limit: Int, before: Int?)
    /// What a rollback finds, a bounded step at a time.
    case rollback(RollbackStep)
    case history(HistoryQuery)
}

/// A step of the one search for a rollback that may be under way.
public enum RollbackStep: Hashable, Sendable {
    /// Begin one, in the place of any other, and go as far as a step goes.
    case begin(RollbackSearch)
    /// Go on.
    case goOn
    /// Some of the cells that a finished search found, from the one with a number on.
    case cells(from: Int, count: Int)
    /// Forget it.
    case end
}

/// The answer to an HTTP request, before tokens are signed and bytes are laid out.
public enum Answer: Sendable {
    /// The edge signs a guest token for this.
    case guest(Identity, name: String)
    case challenge([UInt8])
    /// The edge signs an access token for this.
    case session(Identity, name: String, refreshToken: [UInt8])
    case me(MeAnswer)
    case canvas(CanvasAnswer)
    case snapshot(SnapshotAnswer)
    case touched(TouchedAnswer)
    case notModified(entityTag: String)
    case changes(ChangesAnswer)
    case png([UInt8])
    case placed(PlacedAnswer)
    case pixel(PixelAnswer)
    /// Turn the connection into a WebSocket and say `.opened`.
    case upgrade(Identity, play: Bool, relay: Identifier?)
    case clicks(ClickReceipt)
    case clickGame(ClickGameAnswer, isNew: Bool)
    /// JSON as storage gave it.
    case contributions([UInt8])
    case relay(RelayView)
    case relays([RelayView])
    case puzzle(PuzzleView, isNew: Bool)
    case attempt(AttemptAnswer)
    case relayPoints([RelayPlayer])
    case leaderboard(LeaderboardAnswer)
    case skins([SkinOffer])
    case baseColors(BaseColors)
    case purchased(PurchaseAnswer)
    case skin(Skin, isNew: Bool)
    case ad(AdAnswer)
    case authMethods(AuthMethodsAnswer)
    /// The edge adds where the codes are entered.
    case deviceAuthorization(DeviceCodes)
    /// The edge lays it out as HTML; one that leads to the provider gets the secrets of the way there.
    case page(DevicePage)
    case history(HistoryAnswer)
    case historyState(HistoryState)
    case historyPage(HistoryPage)
    /// Done, and nothing to say.
    case done
    /// Kept, and nothing to say.
    case created
    /// The edge adds what it counts itself.
    case metrics(EngineCounts)
    case healthy
    case ready
    case openAPI
    case view(ViewAnswer)
    /// The edge adds what it remembers.
    case figures
    case failure(Failure)
    /// What a host's command came to; no refusal.
    case host(HostAnswer)
}

/// What the log should say; no secret ever stands in one.
public enum LogEvent: Hashable, Sendable {
    case storageRefusing(StorageFault)
    case storageRecovered
    case evicted(ConnectionID, account: Identifier, bytes: Int)
    case registered(account: Identifier)
    case signedIn(account: Identifier, session: Identifier)
    case queued(account: Identifier, position: Int)
    case playing(account: Identifier)
    case left(account: Identifier)
    /// Play ended by idling, or a position by absence.
    case wentAFK(account: Identifier, PlayerEvent)
    case admissionPaused(Admission.Pause)
    case admissionResumed
    case signedOut(account: Identifier, session: Identifier)
    /// A used refresh token came again: its family is revoked.
    case refreshReused(account: Identifier, session: Identifier)
    case renamed(account: Identifier)
    case deleted(account: Identifier)
    case kicked(account: Identifier)
    case granted(account: Identifier, Role)
    case knobSet(Knob, Knob.Value?)
    case announced(text: String)
    case clickGameStarted(Identifier)
    case clickGameEnded(Identifier, winner: String?)
    case implausibleClicks(holder: Identifier, isFlagged: Bool)
    case relayStarted(Identifier, players: Int)
    case relayEnded(Identifier, RelayEndReason)
    case runStarted(Identifier, ArcadeGameID, account: Identifier)
    case runEnded(RunResult, account: Identifier)
    case flagged(account: Identifier, FlagRecord.Reason, evidence: String)
    case loginBonus(account: Identifier, points: Int, streakDays: Int)
    case skinBought(account: Identifier, SkinID)
    case skinInstalled(SkinID)
    case feedbackGiven(holder: Identifier)
    case banned(account: Identifier, reason: String, untilMs: Int64?)
    case unbanned(account: Identifier)
    /// A ban came to its end by itself.
    case banEnded(account: Identifier)
    case flagsCleared(account: Identifier)
    /// Nothing was heard of a sign-in for the heartbeat timeout.
    case presenceCleared(session: Identifier)
    case replaced(account: Identifier)
    case snapshot(version: Version, bytes: Int)
    case draining(connections: Int)
    case newGame(epoch: Int, CanvasSize)
    case rolledBack(id: Int, cells: Int)
    case protected(area: Int)
    case unprotected(area: Int)
    /// A Google account signs in to an account from now on, beside its key.
    case googleLinked(account: Identifier)
    /// It doesn't any more, and all sign-ins but one are over.
    case googleUnlinked(account: Identifier)
    /// What is kept of the past is damaged at a version, a snapshot or a change.
    case historyDamaged(version: Version)
}
