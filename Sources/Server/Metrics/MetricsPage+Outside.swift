import Engine
import Protocol
import Telegram

/// What the server does with services of others: the identity provider, Telegram, a video service.
extension MetricsPage {
    func google(_ counts: EngineCounts, _ page: inout ExpositionText) {
        page.head(
            "pixelwars_google_sign_ins_total", "counter",
            "ID tokens shown and browsers back from the identity provider, by what came of it.")
        page.sample(
            "pixelwars_google_sign_ins_total", [("result", "done")], meters.googleSignIns.doneCount)
        for code in ErrorCode.allCases {
            guard let count = meters.googleSignIns.refusals[code] else { continue }
            page.sample("pixelwars_google_sign_ins_total", [("result", code.rawValue)], count)
        }
        page.gauge(
            "pixelwars_device_grants", "Terminals' sign-ins in a browser that are under way.",
            counts.deviceGrants)
        page.head(
            "pixelwars_device_grant_events_total", "counter",
            "What happened to terminals' sign-ins in a browser.")
        for event in DeviceGrantEvent.allCases {
            page.sample(
                "pixelwars_device_grant_events_total", [("event", event.rawValue)],
                counts.deviceGrantEvents[event] ?? 0)
        }
    }

    func telegram(_ page: inout ExpositionText) {
        let name = "pixelwars_telegram_calls_total"
        page.head(name, "counter", "Calls of Telegram's Bot API, for updates and for all else.")
        for (purpose, result, count) in [
            ("updates", "done", meters.telegram.polls), ("updates", "failed", meters.telegram.failedPolls),
            ("messages", "done", meters.telegram.calls),
            ("messages", "failed", meters.telegram.failedCalls),
        ] {
            page.sample(name, [("for", purpose), ("result", result)], count)
        }
        page.counter(
            "pixelwars_telegram_orders_total", "Orders from Telegram that the server was given.",
            meters.telegram.orders)
    }

    func broadcast(_ page: inout ExpositionText) {
        let state = broadcast()
        page.gauge("pixelwars_broadcast_wanted", "Whether a broadcast is set up.", state == nil ? 0 : 1)
        page.gauge(
            "pixelwars_broadcast_running", "Whether its encoder runs.", state?.isRunning == true ? 1 : 0)
        page.counter(
            "pixelwars_broadcast_restarts_total", "Encoders started in place of one that went.",
            max(0, (state?.starts ?? 0) - 1))
        page.head("pixelwars_broadcast_frames_total", "counter", "Pictures due while an encoder ran.")
        page.sample("pixelwars_broadcast_frames_total", [("result", "sent")], state?.sentFrames ?? 0)
        page.sample("pixelwars_broadcast_frames_total", [("result", "dropped")], state?.droppedFrames ?? 0)
    }
}

/// What came of sign-ins with Google, as the edge answered.
struct GoogleOutcomes {
    private(set) var doneCount = 0
    /// Those that stand there before the first of them are at zero: rates need a beginning.
    private(set) var refusals: [ErrorCode: Int] = [
        .invalidIDToken: 0, .emailNotVerified: 0, .googleUnavailable: 0, .googleTaken: 0, .googleLinked: 0,
        .accessDenied: 0, .banned: 0, .rateLimited: 0,
    ]

    /// Counts the answer to a request, where that showed what the provider says of someone.
    mutating func note(_ answer: Answer, to method: String, _ path: String) {
        guard (method, path) == ("POST", "/api/auth/google") || (method, path) == ("GET", "/device/callback")
        else { return }
        guard case .failure(let failure) = answer else {
            doneCount += 1
            return
        }
        if failure.code != .methodNotAllowed { refusals[failure.code, default: 0] += 1 }
    }
}
