public import Protocol

/// Which answers a script's messages still wait for.
///
/// A message with an id is answered under it. One without is answered too, but by nothing that names it, so
/// those are counted: every `placed`, `clicks_accepted`, `run_started`, `score`, `ok`, `heartbeat` and `error` that
/// answers no id pays for one, and a `status` does while a `play` or `leave` is owed one, a `relay_state` while a
/// `join` is, a `run_ended` while an `end_run` is (others come unasked). At the end a heartbeat of our own is sent:
/// its answer comes behind all answers but those that wait for a commit.
public struct ReplyLedger: Sendable {
    private var named: [Int: Int] = [:]
    private var unnamed = 0
    private var unnamedStatuses = 0
    private var unnamedRooms = 0
    private var unnamedRunEnds = 0
    /// Those whose answers wait for a commit.
    private var unnamedCommits = 0

    /// Starts with nothing owed.
    public init() {}

    /// How many answers are owed.
    public var pendingCount: Int { named.values.reduce(unnamed, +) }

    /// Notes a line of JSON that was sent; one that is no message is owed an `error`.
    public mutating func sent(_ line: [UInt8]) {
        let id: Int?
        var message: ClientMessage?
        do throws(DecodeFailure) {
            let envelope = try MessageCodec.json.decodeClient(line)
            id = envelope.id
            message = envelope.message
        } catch {
            id = error.id
        }
        if let id {
            named[id, default: 0] += 1
            return
        }
        unnamed += 1
        switch message {
        case .play, .leave: unnamedStatuses += 1
        case .join: unnamedRooms += 1
        case .place, .undo, .pushClicks, .answer: unnamedCommits += 1
        case .endRun:
            unnamedRunEnds += 1
            unnamedCommits += 1
        case .heartbeat, .authenticate, .leaveRoom, .startRun, .point, nil: break
        }
    }

    /// Notes a server's message.
    public mutating func received(_ envelope: ServerEnvelope) {
        if let id = envelope.replyTo {
            guard let count = named[id] else { return }
            named[id] = count > 1 ? count - 1 : nil
            return
        }
        switch envelope.message {
        case .placed, .clicksAccepted:
            unnamedCommits = max(0, unnamedCommits - 1)
            unnamed = max(0, unnamed - 1)
        case .runEnded where unnamedRunEnds > 0:
            unnamedRunEnds -= 1
            unnamedCommits = max(0, unnamedCommits - 1)
            unnamed = max(0, unnamed - 1)
        case .ok, .heartbeat, .error, .runStarted, .score:
            unnamed = max(0, unnamed - 1)
        case .status where unnamedStatuses > 0:
            unnamedStatuses -= 1
            unnamed = max(0, unnamed - 1)
        case .relay(let event):
            guard case .state = event.kind, unnamedRooms > 0 else { break }
            unnamedRooms -= 1
            unnamed = max(0, unnamed - 1)
        case .status, .welcome, .pixels, .canvasReset, .clickTotals, .runEnded, .announcement:
            break
        }
    }

    /// Notes that the closing heartbeat was answered: of the unnamed only what waits for a commit can still be owed.
    public mutating func closingHeartbeatAnswered() {
        unnamed = min(unnamed, unnamedCommits)
    }
}
