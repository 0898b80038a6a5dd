import Protocol

/// Ads before pages: the gate decides, the server says which, and the page behind opens.
extension Model {
    /// Loads a page: it opens, or an ad's page does and this one when the ad has run.
    mutating func load(_ page: Page) -> [Command] {
        guard var gate = ads.gate, page.bearsAds else {
            ads.stop = nil
            return show(page)
        }
        let step = gate.load(page.adPage)
        let keep = Command.ads(.keep(gate))
        ads.gate = gate
        switch step {
        case .open:
            ads.stop = nil
            return [keep] + show(page)
        case .showAd:
            // Whoever is at an ad already sees that one to its end; only what is behind it is another page now.
            if self.page == .ad, ads.stop?.endsMs != nil {
                ads.stop?.next = page
                return [keep]
            }
            ads.stop = AdDesk.Stop(next: page)
            self.page = .ad
            return [keep] + goOn(over: link)
        }
    }

    /// Asks for the ad once there is a connection; where none comes, the page opens at once.
    mutating func goOn(over link: Link) -> [Command] {
        guard let stop = ads.stop else { return [] }
        switch link {
        case .connected, .watching:
            guard stop.stage == .waiting else { return [] }
            // Nobody in a run is shown an ad, so the server must have heard of its end before it is asked for one.
            guard arcade.leaving == nil else {
                ads.stop?.leavingUntilMs = stop.leavingUntilMs ?? clockMs + AdDesk.Stop.answerMs
                return []
            }
            ads.stop?.stage = .asked(sinceMs: clockMs)
            return [.ads(.next(before: stop.next.adPage))]
        case .waiting, .closed: return stop.ad == nil ? pass() : []
        case .idle, .signingIn, .connecting: return []
        }
    }

    mutating func take(_ report: AdReport, nowMs: Int64) -> [Command] {
        guard let stop = ads.stop, case .asked = stop.stage, report.page == stop.next.adPage else {
            return []
        }
        switch report {
        case .next(let answer?, _):
            ads.stop?.stage = .shown(answer, sinceMs: nowMs)
            return []
        case .next(nil, _): return noteRun() + pass()
        // Nothing was seen, so the gate isn't told that an ad has run.
        case .failed: return pass()
        }
    }

    /// The ad's seconds are over: the server is told, and Enter goes on.
    mutating func endAd(nowMs: Int64) -> [Command] {
        // No answer in time is none: the page doesn't wait for it, and the gate isn't told that an ad has run.
        if let patienceMs = ads.stop?.patienceMs, patienceMs <= nowMs { return pass() }
        guard let stop = ads.stop, case .shown(let answer, _) = stop.stage, let endsMs = stop.endsMs,
            endsMs <= nowMs
        else { return [] }
        ads.stop?.stage = .over(answer)
        return [.ads(.complete(answer.impression))] + noteRun()
    }

    /// Enter at an ad: the page behind it opens once the ad's seconds are over.
    mutating func goOn() -> [Command] {
        guard case .over? = ads.stop?.stage else { return [] }
        return pass()
    }

    private mutating func noteRun() -> [Command] {
        guard var gate = ads.gate else { return [] }
        _ = gate.adRan()
        ads.gate = gate
        return [.ads(.keep(gate))]
    }

    /// Opens the page behind the ad.
    private mutating func pass() -> [Command] {
        guard let stop = ads.stop else { return [] }
        ads.stop = nil
        return show(stop.next)
    }
}

extension AdReport {
    /// The page that the ad was asked for.
    var page: AdPage {
        switch self {
        case .next(_, let page), .failed(_, let page): page
        }
    }
}
