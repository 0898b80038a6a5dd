import Engine
import Game
import Protocol

/// Ads are seen to their end once and not sooner, and nobody writes more to the host than is allowed.
extension Auditor {
    /// Notes a call before it is looked at what it led to.
    mutating func note(_ id: RequestID, _ route: Route, _ identity: Identity?, _ proofs: EdgeProofs?) {
        switch route {
        case .ads(.next):
            if let draw = proofs?.draw, let identity {
                services.show(draw.id, to: identity.id, at: verdict.now)
            }
        case .ads(.complete(let impression)):
            guard let known = services.impressions[impression], known.holder == identity?.id else { break }
            if leftUs(of: known) <= known.slackMs * 1000 || !known.isSure {
                services.impressions[impression]?.mayComplete = true
            }
        case .me, .rename, .skins, .feedback: break
        default: return
        }
        let balance = identity?.account.map { points.balances[$0] ?? 0 }
        services.calls[id] = ServiceModel.Call(
            route: route, identity: identity, takenUs: verdict.nowUs, balances: balance.map { [$0] } ?? [])
    }

    private func leftUs(of impression: ServiceModel.Impression) -> Int64 {
        impression.shownUs + Int64(impression.seconds) * 1_000_000 - verdict.nowUs
    }

    /// Counts a message to the host that wasn't refused at once.
    mutating func write(_ id: RequestID, _ identity: Identity?, _ caller: Caller, _ answer: Answer?) {
        guard let identity else { return }
        let writer: ServiceModel.Writer = identity.account.map { .account($0) } ?? .address(caller.address)
        if case .failure(let failure)? = answer {
            // Calls are limited too, but for moments.
            guard failure.code == .rateLimited, failure.retryAfterMs ?? 0 > 60_000 else { return }
            verdict.tally.refusedMessages += 1
            blame(
                unless(
                    services.count(writer, atUs: verdict.nowUs) >= Limits.feedbackPerHour, .feedbackPace,
                    "\(identity.id) may not write though it hardly did"))
            return
        }
        services.write(identity.id, as: writer, at: verdict.now)
    }

    mutating func keep(_ record: FeedbackRecord) {
        verdict.tally.messages += 1
        let count = services.keep(record.holder)
        blame(unless(count != nil, .feedbackPace, "\(record.holder) wrote nothing, and it is kept"))
        blame(
            unless(
                count ?? 0 <= Limits.feedbackPerHour, .feedbackPace,
                "\(record.holder) wrote \(count ?? 0) messages within an hour"))
    }

    mutating func keep(_ record: ImpressionRecord) {
        guard let known = services.impressions[record.id], let ad = services.ads[record.ad] else {
            blame(unless(false, .seenAds, "an impression \(record.id) is kept that nobody asked for"))
            return
        }
        guard record.completedAtMs != nil else {
            verdict.tally.impressions += 1
            let isNew = !known.isKept && known.holder == record.holder && services.showsAds
            blame(unless(isNew && record.page != .home, .seenAds, "\(record.ad) is shown \(record.page)"))
            blame(
                unless(
                    ad.isOn(atMs: record.shownAtMs), .seenAds, "\(record.ad) is shown when it isn't on"))
            blame(
                unless(
                    services.shown.spend(record.holder, atUs: known.shownUs), .rate,
                    "\(record.holder) is shown more ads than it may be"))
            services.impressions[record.id]?.isKept = true
            services.impressions[record.id]?.seconds = ad.seconds
            return
        }
        verdict.tally.completions += 1
        blame(
            unless(
                known.isKept && !known.isCompleted && known.holder == record.holder, .seenAds,
                "\(record.id) is seen to its end twice, or by another"))
        blame(
            unless(
                known.mayComplete, .seenAds, "\(record.id) is over \(leftUs(of: known) / 1000) ms too soon"))
        services.impressions[record.id]?.isCompleted = true
    }

    /// Holds the answer to a call against what is kept.
    mutating func answer(_ id: RequestID, _ answer: Answer) {
        guard let call = services.calls.removeValue(forKey: id) else { return }
        check(answer, to: call)
        switch (answer, call.route) {
        case (.ad(let ad), .ads(.next(let page))):
            let known = services.impressions[ad.impression]
            blame(
                unless(
                    known?.isKept == true && known?.holder == call.identity?.id
                        && services.ads[ad.ad.id] == ad.ad && page != .home, .seenAds,
                    "the ad \(ad.ad.id) is shown and isn't kept so"))
        case (.done, .ads(.complete(let impression))):
            blame(
                unless(
                    services.impressions[impression]?.isCompleted == true, .seenAds,
                    "\(impression) is said to be over and isn't kept so"))
        case (.failure(let failure), .ads(.complete(let impression))):
            refuse(impression, failure, call)
        case (.created, .feedback):
            guard let holder = call.identity?.id else { return }
            let left = services.unanswered[holder] ?? 0
            blame(unless(left > 0, .keptAcknowledged, "a message of \(holder) is acknowledged and not kept"))
            services.unanswered[holder] = left - 1
        default: break
        }
    }

    private mutating func refuse(
        _ impression: Identifier, _ failure: Failure, _ call: ServiceModel.Call
    ) {
        let known = services.impressions[impression]
        switch failure.code {
        case .adNotOver:
            verdict.tally.earlyCompletions += 1
            guard let known, known.isSure, known.isKept else { return }
            let leftMs = (leftUs(of: known) + 999) / 1000
            blame(
                unless(
                    leftMs > -known.slackMs && known.holder == call.identity?.id
                        && abs(Int64(failure.retryAfterMs ?? 0) - leftMs) <= known.slackMs, .seenAds,
                    "\(impression) isn't over for \(failure.retryAfterMs ?? 0) ms, not \(leftMs)"))
        case .notFound:
            let lifeUs = Int64(Limits.impressionLifetimeMs) * 1000
            let isOwn =
                known?.isKept == true && known?.isSure == true && known?.isCompleted == false
                && known?.holder == call.identity?.id && verdict.nowUs - (known?.shownUs ?? 0) < lifeUs
            blame(unless(!isOwn, .keptAcknowledged, "the impression \(impression) is lost"))
            verdict.tally.strangeImpressions += 1
        default: break
        }
    }

    /// Holds what a start found against what was kept.
    mutating func recover(services found: RecoveredState) {
        services.restart(at: verdict.now)
        for impression in found.impressions {
            let known = services.impressions[impression.id]
            blame(
                unless(
                    known?.isKept == true && known?.isCompleted == false, .keptAcknowledged,
                    "a start found the impression \(impression.id), which is none"))
        }
    }
}
