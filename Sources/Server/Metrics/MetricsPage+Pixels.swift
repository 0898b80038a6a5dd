import Engine
import Protocol

extension MetricsPage {
    /// Refusals of click pushes that stand on the page before the first of them: rates need a beginning.
    static let usualClickRefusals: [ErrorCode: Int] = [
        .pushTooSoon: 0, .implausibleClicks: 0, .noActiveGame: 0, .storageUnavailable: 0,
    ]

    /// Those who look on, with a client or from a shell, and how people came.
    func watching(_ counts: EngineCounts, _ page: inout ExpositionText) {
        page.gauge(
            "pixelwars_spectators", "Open WebSockets of those who neither play nor wait.", counts.spectators)
        page.gauge("pixelwars_watchers", "Streams of frames for shells.", counts.watchers)
        page.gauge("pixelwars_watched_views", "Different views that they show.", counts.watchedViews)
        page.gauge(
            "pixelwars_guests", "Guests who renamed or removed themselves, until their tokens end.",
            counts.guests)
        page.head("pixelwars_sign_ins_total", "counter", "Sign-ins that were accepted, by method.")
        for method in PlayCounts.SignIn.allCases {
            let count = counts.plays.signIns[method] ?? 0
            page.sample("pixelwars_sign_ins_total", [("method", method.rawValue)], count)
        }
    }

    /// Pixels on their way onto the canvas, and readers who couldn't follow.
    func pixels(_ counts: EngineCounts, _ page: inout ExpositionText) {
        let plays = counts.plays
        page.counter("pixelwars_placements_total", "Pixels that became durable.", plays.placements)
        page.counter("pixelwars_undos_total", "Pixels that were taken back.", plays.undos)
        page.histogram(
            "pixelwars_place_commit_seconds", "From taking a pixel or its undo to its being durable.",
            boundsUs: plays.commitUs.bounds, counts: plays.commitUs.counts,
            seconds: Double(plays.commitUs.sum) / 1e6)
        page.counter(
            "pixelwars_evictions_total", "Sockets closed because they read too slowly.", plays.evictions)
    }
}
