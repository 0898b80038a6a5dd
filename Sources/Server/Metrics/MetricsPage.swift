import Engine
import Game
import Protocol
import Storage

/// The page of `/metrics`, in Prometheus's text format 0.0.4.
struct MetricsPage {
    let meters: Meters
    /// The storage thread's figures.
    let commits: () -> CommitStatistics
    /// Bytes that left by the listener's sockets.
    let sentBytes: () -> UInt64

    /// The whole page.
    func page(_ counts: EngineCounts) -> String {
        var page = ExpositionText()
        page.gauge("pixelwars_build_info", "The release that runs.", 1, [("version", Release.version)])
        players(counts, &page)
        people(counts, &page)
        games(counts, &page)
        traffic(&page)
        storage(counts, &page)
        process(&page)
        return page.text
    }

    private func players(_ counts: EngineCounts, _ page: inout ExpositionText) {
        page.head("pixelwars_players", "gauge", "Accounts by state; stalled ones play without a socket.")
        page.sample("pixelwars_players", [("state", "playing")], counts.players - counts.stalled)
        page.sample("pixelwars_players", [("state", "stalled")], counts.stalled)
        page.sample("pixelwars_players", [("state", "queued")], counts.queued)
        page.head("pixelwars_player_transitions_total", "counter", "Changes of state by what brought them.")
        for event in PlayerEvent.allCases {
            guard let count = counts.transitions[event] else { continue }
            page.sample("pixelwars_player_transitions_total", [("event", event.rawValue)], count)
        }
        page.head("pixelwars_admission_paused", "gauge", "Whether load keeps everyone out, by what it is.")
        for pause in [Admission.Pause.loopLag, .sendRate] {
            let isPaused = counts.admissionPause == pause
            page.sample("pixelwars_admission_paused", [("reason", pause.rawValue)], isPaused ? 1 : 0)
        }
    }

    private func people(_ counts: EngineCounts, _ page: inout ExpositionText) {
        page.gauge("pixelwars_connections", "Open WebSockets.", counts.connections)
        page.gauge("pixelwars_accounts", "Accounts known.", counts.accounts)
        page.gauge("pixelwars_sessions", "Sign-ins that haven't ended.", counts.sessions)
        page.gauge(
            "pixelwars_presences", "Sign-ins heard of within the heartbeat timeout.", counts.presences)
    }

    private func games(_ counts: EngineCounts, _ page: inout ExpositionText) {
        let clicks = counts.clicks
        page.head("pixelwars_click_pushes_total", "counter", "Click pushes that counted.")
        page.sample("pixelwars_click_pushes_total", [], clicks.pushes)
        page.head("pixelwars_click_repeats_total", "counter", "Click pushes sent again, counted once.")
        page.sample("pixelwars_click_repeats_total", [], clicks.repeats)
        page.head("pixelwars_click_refusals_total", "counter", "Click pushes refused, by reason.")
        for code in ErrorCode.allCases {
            guard let count = clicks.refusals[code] else { continue }
            page.sample("pixelwars_click_refusals_total", [("reason", code.rawValue)], count)
        }
        page.histogram(
            "pixelwars_click_batch_clicks", "Clicks a push.",
            bounds: clicks.batchClicks.bounds.map { "\($0)" },
            counts: clicks.batchClicks.counts, sum: "\(clicks.batchClicks.sum)")
        page.histogram(
            "pixelwars_click_commit_seconds", "From a push to its commit.", boundsUs: clicks.commitUs.bounds,
            counts: clicks.commitUs.counts, seconds: Double(clicks.commitUs.sum) / 1e6)
        page.gauge(
            "pixelwars_click_sessions", "Sign-ins whose pushes are in memory.", clicks.sessions)
        page.head("pixelwars_relays", "gauge", "Relays by how far they have come.")
        page.sample("pixelwars_relays", [("status", "waiting")], counts.relaysWaiting)
        page.sample("pixelwars_relays", [("status", "running")], counts.relaysRunning)
    }

    private func traffic(_ page: inout ExpositionText) {
        page.head("pixelwars_refusals_total", "counter", "Refusals over HTTP and on sockets, by code.")
        for code in ErrorCode.allCases {
            guard let count = meters.refusals[code] else { continue }
            page.sample("pixelwars_refusals_total", [("code", code.rawValue)], count)
        }
        page.head("pixelwars_http_answers_total", "counter", "HTTP answers by status.")
        for (status, count) in meters.answers.sorted(by: { $0.key < $1.key }) {
            page.sample("pixelwars_http_answers_total", [("status", String(status))], count)
        }
        page.head("pixelwars_sent_bytes_total", "counter", "Bytes handed to the system for clients.")
        page.sample("pixelwars_sent_bytes_total", [], Int(clamping: sentBytes()))
        page.histogram(
            "pixelwars_tick_lag_seconds", "How late planned wake-ups of the loop came.",
            boundsUs: LagHistogram.boundsUs, counts: meters.lag.counts,
            seconds: Double(meters.lag.sumUs) / 1e6)
    }

    private func storage(_ counts: EngineCounts, _ page: inout ExpositionText) {
        page.gauge("pixelwars_canvas_version", "The last durable version.", Int(counts.version))
        page.gauge("pixelwars_pool_versions", "Recent changes kept in memory.", counts.poolVersions)
        page.gauge("pixelwars_pending_records", "Records that aren't durable yet.", counts.pendingRecords)
        page.gauge(
            "pixelwars_storage_writable", "Whether storage takes writes.", counts.isStorageHealthy ? 1 : 0)
        let statistics = commits()
        page.histogram(
            "pixelwars_commit_seconds", "How long commits took.", boundsUs: CommitStatistics.bucketBoundsUs,
            counts: statistics.buckets, seconds: statistics.seconds)
        page.head("pixelwars_failed_commits_total", "counter", "Commits that storage refused.")
        page.sample("pixelwars_failed_commits_total", [], statistics.failedCount)
        page.gauge(
            "pixelwars_database_bytes", "What the database and its log take up on the disk.",
            Int(statistics.databaseBytes))
    }

    private func process(_ page: inout ExpositionText) {
        let figures = ProcessFigures.read()
        page.gauge("process_resident_memory_bytes", "Memory in use.", Int(figures.residentBytes))
        page.head("process_cpu_seconds_total", "counter", "Processor time used.")
        page.sample("process_cpu_seconds_total", [], seconds: figures.cpuSeconds)
    }
}

/// Lines of the text format, each metric with its help and type.
struct ExpositionText {
    private(set) var text = ""

    /// The two lines before a metric's samples.
    mutating func head(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// One sample of a whole number; a label's value must need no escape.
    mutating func sample(_ name: String, _ labels: [(String, String)], _ value: Int) {
        text += "\(name)\(Self.labels(labels)) \(value)\n"
    }

    /// One sample of seconds.
    mutating func sample(_ name: String, _ labels: [(String, String)], seconds: Double) {
        text += "\(name)\(Self.labels(labels)) \(seconds)\n"
    }

    /// A gauge with one sample.
    mutating func gauge(_ name: String, _ help: String, _ value: Int, _ labels: [(String, String)] = []) {
        head(name, "gauge", help)
        sample(name, labels, value)
    }

    /// A histogram in seconds: counts up to each bound, and above all of them.
    mutating func histogram(
        _ name: String, _ help: String, boundsUs: [Int64], counts: [Int], seconds: Double
    ) {
        histogram(
            name, help, bounds: boundsUs.map { "\(Double($0) / 1e6)" }, counts: counts, sum: "\(seconds)")
    }

    /// A histogram of whatever its bounds are in.
    mutating func histogram(
        _ name: String, _ help: String, bounds: [String], counts: [Int], sum: String
    ) {
        head(name, "histogram", help)
        var total = 0
        for (index, count) in counts.enumerated() {
            total += count
            sample(name + "_bucket", [("le", index < bounds.count ? bounds[index] : "+Inf")], total)
        }
        text += "\(name)_sum \(sum)\n"
        sample(name + "_count", [], total)
    }

    private static func labels(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",") + "}"
    }
}
