import Protocol

/// The states of the client in plain words.
enum FlatWords {
    /// How the client is connected.
    static func connection(_ model: Model) -> String {
        switch model.link {
        case .idle: "not connected"
        case .signingIn: "signing in at \(model.serverName)"
        case .connecting(let attempt): "connecting to \(model.serverName), attempt \(attempt)"
        case .connected: "connected to \(model.serverName)"
        case .watching: "looking on at \(model.serverName)"
        case .waiting(let attempt, let delayMs, let reason):
            "lost: \(reason); attempt \(attempt) in \(seconds(max((delayMs + 999) / 1000, 1)))"
        case .closed(let words): "closed: \(words)" + (model.purpose == .play ? "; play connects again" : "")
        }
    }

    /// Where the player stands.
    static func status(_ model: Model) -> String {
        switch model.play {
        case .playing:
            guard let left = model.secondsToAFK else { return "playing" }
            return "playing, \(seconds(left)) until you count as away; place a pixel to stay"
        case .queued(let wait):
            let others = model.counts.map { " of \(Spelled.grouped(max($0.queued, wait.position)))" } ?? ""
            let left = wait.leftMs(nowMs: model.clockMs).map { ", \(Spelled.about(milliseconds: $0))" } ?? ""
            return "queued, \(Spelled.ordinal(wait.position)) in line\(others)\(left)"
        case .asking: return "asking for a place"
        case .afk(let hasLeft):
            return (hasLeft ? "you left" : "away, not playing") + "; play asks for a place"
        case .spectator: return "looking on"
        case .unknown: return model.purpose == .watch ? "looking on" : "not known yet"
        }
    }

    /// The canvas's size and version.
    static func canvas(_ model: Model) -> String {
        guard let size = model.canvas?.size else { return "not here yet" }
        return "\(size.width) by \(size.height), version \(model.version)"
    }

    /// A code, letter by letter, as it is read aloud.
    static func spelled(_ code: String) -> String {
        code.map { $0 == "-" ? "dash" : String($0) }.joined(separator: " ")
    }

    static func seconds(_ count: Int) -> String {
        count == 1 ? "1 second" : "\(Spelled.grouped(count)) seconds"
    }

    /// How long ago something was, in the largest unit.
    static func ago(milliseconds: Int64) -> String {
        let seconds = Int(clamping: max(milliseconds, 0) / 1000)
        func count(_ number: Int, _ unit: String) -> String {
            "\(Spelled.grouped(number)) \(unit)\(number == 1 ? "" : "s") ago"
        }
        switch seconds {
        case ..<2: return "just now"
        case ..<60: return count(seconds, "second")
        case ..<3_600: return count(seconds / 60, "minute")
        case ..<86_400: return count(seconds / 3_600, "hour")
        default: return count(seconds / 86_400, "day")
        }
    }

    /// A name as it is shown.
    static func name(_ account: AccountName) -> String { PlayerName.displayed(account.name) }
}
