import Protocol
import Transport

// Clicks, counted here and pushed at the server's pace.
extension GameClient {
    /// Clicks made and not yet known to be counted; they wait for a connection if need be.
    public var heldClicks: Int { clicks.heldCount }

    /// Counts clicks for the click game; what becomes of them is told by `.clicksAccepted` and `.clicksDropped`.
    ///
    /// They are held until the server counted them, over lost connections too, as long as this client lives; one
    /// that only watches has no socket to push them over.
    public func click(count: Int = 1) {
        guard count > 0 else { return }
        clicks.click(count: count, atUs: loop.monotonicUs)
        returnIfAway()
        planPush()
    }

    /// The clicks' timer: a push is due, or an answer overdue.
    func pushClicks() {
        guard isConnected else { return }
        if let push = clicks.due(atUs: loop.monotonicUs) {
            sendOwn(.pushClicks(push), for: .clicks(batchID: push.batchID))
        }
        planPush()
    }

    /// A batch counts: one of the tracker's, where `own` is its message, or one that the owner pushed as a message.
    func accepted(_ receipt: ClickReceipt, batchID: String?, own: OwnMessage?) {
        let isNews = clicks.accepted(batchID: batchID, atUs: loop.monotonicUs)
        planPush()
        // A batch that was sent twice is answered twice.
        if isNews || own == nil { onEvent(.clicksAccepted(receipt)) }
    }

    func clicksRefused(_ failure: Failure, batchID: String?) {
        let dropped = clicks.refused(batchID: batchID, failure: failure, atUs: loop.monotonicUs)
        planPush()
        if dropped > 0 { onEvent(.clicksDropped(dropped, failure)) }
    }

    private func planPush() {
        guard isConnected, let nextUs = clicks.nextUs else { return }
        timers?.clicks.schedule(afterUs: Int(max(0, nextUs - loop.monotonicUs)))
    }
}
