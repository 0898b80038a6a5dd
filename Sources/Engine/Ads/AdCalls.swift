import Game
import Protocol

extension ServerEngine {
    /// Does what is asked of ads; answered once durable.
    mutating func writeAds(
        _ id: RequestID, _ route: AdRoute, by caller: Caller, draw: Draw?, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard let identity = caller.identity else {
            effects.append(.respond(id, .failure(caller.refusal)))
            return
        }
        switch route {
        case .next(let page):
            guard let draw else { preconditionFailure("the edge draws for each choice of an ad") }
            showAd(before: page, to: identity, draw, id, at: now, into: &effects)
        case .complete(let impression):
            completeAd(impression, by: identity, id, at: now, into: &effects)
        }
    }

    private mutating func showAd(
        before page: AdPage, to identity: Identity, _ draw: Draw, _ id: RequestID, at now: Moment,
        into effects: inout [Effect]
    ) {
        // Whoever can't be shown an ad goes on without one.
        guard configuration.showsAds, page != .home, writeRefusal == nil, !arcade.isPlayingTimed(identity.id),
            let ad = ads.choice(for: identity.id, draw: draw.seed, at: now),
            rates.impression(of: identity.id, at: now)
        else {
            effects.append(.respond(id, .done))
            return
        }
        let isGuest = if case .guest = identity.kind { true } else { false }
        let record = ImpressionRecord(
            id: draw.id, ad: ad.id, holder: identity.id, isGuest: isGuest, page: page, shownAtMs: now.wallMs)
        ads.keep(AdDesk.Open(record: record, seconds: ad.seconds, shownUs: now.monotonicUs), at: now)
        commits.add(
            .impression(record),
            held: Held(
                asker: .request(id), answer: .response(.ad(AdAnswer(impression: draw.id, ad: ad)))),
            reversal: .impression(draw.id, former: nil))
    }

    private mutating func completeAd(
        _ impression: Identifier, by identity: Identity, _ id: RequestID, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard let open = ads[impression], open.record.holder == identity.id else {
            effects.append(
                .respond(id, .failure(Failure(.notFound, "There is no such impression of yours."))))
            return
        }
        let leftUs = open.shownUs + Int64(open.seconds) * 1_000_000 - now.monotonicUs
        guard leftUs <= 0 else {
            let failure = Failure(
                .adNotOver, "The ad isn't over yet.", retryAfterMs: Int((leftUs + 999) / 1000))
            effects.append(.respond(id, .failure(failure)))
            return
        }
        if let refusal = writeRefusal {
            effects.append(.respond(id, .failure(refusal)))
            return
        }
        guard open.record.completedAtMs == nil else {
            // Its end may be on the way to storage; whoever says it again hears no sooner that it is kept.
            if commits.isEmpty {
                effects.append(.respond(id, .done))
            } else {
                commits.hold(Held(asker: .request(id), answer: .response(.done)))
            }
            return
        }
        var seen = open
        seen.record.completedAtMs = now.wallMs
        ads.keep(seen, at: now)
        commits.add(
            .impression(seen.record), held: Held(asker: .request(id), answer: .response(.done)),
            reversal: .impression(impression, former: open))
    }
}
