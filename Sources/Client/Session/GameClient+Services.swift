public import Protocol
import Transport

// Ads, and a word to the host.
extension GameClient {
    /// The ad to show before a page; none where the page opens without one.
    public func nextAd(before page: AdPage, _ answer: @escaping Answer<AdAnswer?>) {
        callForWhole(.ads(.next(before: page)), answer) { response throws(Failure) in
            response.status == 204 ? nil : try AdAnswer(json: response.body)
        }
    }

    /// An ad was seen to its end; refused with `ad_not_over` and the time that is left where it wasn't.
    public func completeAd(_ impression: Identifier, _ answer: @escaping Answer<Void>) {
        call(.ads(.complete(impression)), answer) { _ throws(Failure) in }
    }

    /// Tells the host something; refused with `rate_limited` after a few messages an hour.
    public func sendFeedback(_ message: FeedbackMessage, _ answer: @escaping Answer<Void>) {
        call(.feedback(message), answer) { _ throws(Failure) in }
    }
}
