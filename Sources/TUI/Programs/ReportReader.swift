import Client
import Protocol

/// Puts what the client tells into the terms of the screen.
struct ReportReader: Sendable {
    /// The number that our own messages start from, far above those that the client counts for itself.
    static let firstMessageID = 1_000_000_000

    private var attempt = 1

    /// The message id of an answer to a puzzle; there is one at a time.
    static let answerMessageID = firstMessageID - 1

    /// The message id of a request.
    static func messageID(_ request: Int) -> Int { firstMessageID + request }

    /// The request that a message id stands for; nil where it isn't one of ours.
    static func request(_ messageID: Int?) -> Int? {
        messageID.flatMap { $0 >= firstMessageID ? $0 - firstMessageID : nil }
    }

    /// The reports that an event amounts to.
    mutating func reports(of event: ClientEvent) -> [Report] {
        switch event {
        case .connection(.closed(.refused(let failure))) where failure.code == .signInRequired:
            return [.link(link(.closed(.refused(failure)))), .signIn(.needed)]
        case .connection(let state): return [.link(link(state))]
        case .signedIn(let account, _): return [.account(name: account.name, id: account.id)]
        case .renamed(let account): return [.renamed(account.name)]
        case .welcome(let welcome):
            return [
                .account(name: welcome.account.name, id: welcome.account.id),
                .welcomed(welcome.status, serverTimeMs: welcome.serverTimeMs),
                .clicks(.pushRate(seconds: welcome.clickPushRateSeconds)),
            ]
        case .status(let status, let idleLeftMs): return [.status(status, idleLeftMs: idleLeftMs)]
        case .replaced(let picture):
            guard
                let image = CanvasImage(size: picture.size, palette: picture.palette, cells: picture.cells)
            else { return [] }
            return [.replaced(image, epoch: picture.epoch, version: picture.version)]
        case .changed(let pixels, let version): return [.changed(pixels, version: version)]
        case .placed(let answer, let replyTo):
            return [.placed(request: Self.request(replyTo), version: answer.version)]
        case .failed(let failure, Self.answerMessageID): return [.relays(.failed(failure))]
        case .failed(let failure, let replyTo): return [.refused(request: Self.request(replyTo), failure)]
        case .renameFailed(let failure): return [.renameRefused(failure)]
        case .latency(let microseconds): return [.latency(microseconds: microseconds.map { Int64($0) })]
        case .counts(let players, let queued): return [.counts(players: players, queued: queued)]
        case .clickTotals(let view): return [.clicks(.totals(view))]
        case .clicksAccepted(let receipt): return [.clicks(.accepted(receipt))]
        case .clicksDropped(let count, let failure): return [.clicks(.refused(failure, dropped: count))]
        case .relay(let event): return [.relays(.event(event))]
        case .roomRefused(let relay, let failure): return [.relays(.shutOut(relay, failure))]
        case .runStarted(let start, let atMs): return [.arcade(.started(start, atMs: atMs))]
        case .runRefused(let game, let failure): return [.arcade(.refused(game, failure))]
        case .scored(let score): return [.arcade(.scored(score))]
        case .pointRefused(let point, let failure): return [.arcade(.pointRefused(point, failure))]
        case .runEnded(let result): return [.arcade(.ended(result))]
        case .runLost(let run): return [.arcade(.lost(run))]
        case .announced(let text, _): return [.announced(text)]
        case .done, .raw: return []
        }
    }

    private mutating func link(_ state: ConnectionState) -> Link {
        switch state {
        case .signingIn: return .signingIn
        case .connecting: return .connecting(attempt: attempt)
        case .connected:
            attempt = 1
            return .connected
        case .watching:
            attempt = 1
            return .watching
        case .waiting(let number, let delayMs, let reason):
            attempt = number
            return .waiting(attempt: number, delayMs: delayMs, reason: reason)
        case .closed(let reason): return .closed(reason.description)
        }
    }
}
