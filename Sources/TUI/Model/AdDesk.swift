import Protocol

/// Ads as the person meets them: the gate before pages, and the ad that is shown.
struct AdDesk: Hashable, Sendable {
    /// What stands before each page; nil where no ads are shown.
    var gate: AdGate?
    /// The way through an ad; nil elsewhere.
    var stop: Stop?

    /// An ad's page, and the page behind it.
    struct Stop: Hashable, Sendable {
        enum Stage: Hashable, Sendable {
            /// There is no connection yet to ask over, or a run that is left hasn't ended yet.
            case waiting
            /// Asked for since a time of the monotonic clock.
            case asked(sinceMs: Int64)
            /// Shown since a time of the monotonic clock.
            case shown(AdAnswer, sinceMs: Int64)
            /// Its seconds are over: Enter goes on.
            case over(AdAnswer)
        }
        /// The page that opens behind it.
        var next: Page
        var stage = Stage.waiting
        /// Until when a run that is left may hold the page; nil where none does.
        var leavingUntilMs: Int64?

        /// How long a page waits for an answer that belongs to its ad.
        static let answerMs: Int64 = 3_000

        /// The ad on the screen.
        var ad: Ad? {
            switch stage {
            case .waiting, .asked: nil
            case .shown(let answer, _), .over(let answer): answer.ad
            }
        }

        /// When the page opens for want of an answer; nil where none is waited for.
        var patienceMs: Int64? {
            switch stage {
            case .waiting: leavingUntilMs
            case .asked(let sinceMs): sinceMs + Self.answerMs
            case .shown, .over: nil
            }
        }

        /// Whether its seconds are over.
        var isOver: Bool {
            if case .over = stage { true } else { false }
        }

        /// When its seconds are over; nil where none run.
        var endsMs: Int64? {
            guard case .shown(let answer, let sinceMs) = stage else { return nil }
            return sinceMs + Int64(answer.ad.seconds) * 1000
        }
    }
}

extension Page {
    /// What ads call it.
    var adPage: AdPage {
        // Each page's word is one; a test holds them to it.
        AdPage(rawValue: rawValue) ?? .home
    }
}
