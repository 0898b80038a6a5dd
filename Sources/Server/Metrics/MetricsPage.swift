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
    /// The directory whose disk is looked at; none: none.
    var dataDirectory: String?
    /// How the broadcast goes; none where the host wants none.
    var broadcast: () -> BroadcastThread.State? = { nil }

    /// The whole page.
    func page(_ counts: EngineCounts) -> String {
        var page = ExpositionText()
        page.gauge("pixelwars_build_info", "The release that runs.", 1, [("version", Release.version)])
        players(counts, &page)
        people(counts, &page)
        watching(counts, &page)
        pixels(counts, &page)
        games(counts, &page)
        arcade(counts, &page)
        services(counts.services, &page)
        google(counts, &page)
        telegram(&page)
        broadcast(&page)
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
            let count = counts.transitions[event] ?? 0
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
        page.gauge(
            "pixelwars_live_spectators", "Of them, those of spectators who get frames.", counts.liveSpectators
        )
        page.gauge("pixelwars_accounts", "Accounts known.", counts.accounts)
        page.gauge("pixelwars_sessions", "Sign-ins that haven't ended.", counts.sessions)
        page.gauge(
            "pixelwars_presences", "Sign-ins heard of within the heartbeat timeout.", counts.presences)
    }

    private func games(_ counts: EngineCounts, _ page: inout ExpositionText) {
        let clicks = counts.clicks
        page.counter("pixelwars_click_pushes_total", "Click pushes that counted.", clicks.pushes)
        page.counter(
            "pixelwars_click_repeats_total", "Click pushes sent again, counted once.", clicks.repeats)
        page.head("pixelwars_click_refusals_total", "counter", "Click pushes refused, by reason.")
        for code in ErrorCode.allCases {
            guard let count = clicks.refusals[code] ?? Self.usualClickRefusals[code] else { continue }
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
        page.gauge(
            "pixelwars_click_pending_pushes", "Pushes that aren't durable yet.", clicks.pending)
        page.head("pixelwars_relays", "gauge", "Relays by how far they have come.")
        page.sample("pixelwars_relays", [("status", "waiting")], counts.relaysWaiting)
        page.sample("pixelwars_relays", [("status", "running")], counts.relaysRunning)
        page.gauge(
            "pixelwars_relay_room_members", "WebSockets in rooms of relays, once a room.",
            counts.roomMembers)
    }

    private func arcade(_ counts: EngineCounts, _ page: inout ExpositionText) {
        page.gauge("pixelwars_runs", "Arcade runs that are played.", counts.runsPlayed)
        page.head("pixelwars_runs_ended_total", "counter", "Arcade runs that ended, by reason.")
        for reason in RunEndReason.allCases {
            let count = counts.runsEnded[reason] ?? 0
            page.sample("pixelwars_runs_ended_total", [("reason", reason.rawValue)], count)
        }
    }

    private func services(_ counts: ServiceCounts, _ page: inout ExpositionText) {
        page.counter("pixelwars_skins_sold_total", "Skins that accounts bought.", counts.skinsSold)
        page.counter("pixelwars_ads_shown_total", "Ads that were shown.", counts.adsShown)
        page.counter("pixelwars_ads_completed_total", "Ads that were seen to their end.", counts.adsCompleted)
        page.head("pixelwars_flags_total", "counter", "What was seen of accounts, by reason.")
        for reason in FlagRecord.Reason.allCases {
            let count = counts.flags[reason] ?? 0
            page.sample("pixelwars_flags_total", [("reason", reason.rawValue)], count)
        }
        page.counter("pixelwars_feedback_total", "Messages that players wrote.", counts.feedback)
    }

    private func traffic(_ page: inout ExpositionText) {
        page.head("pixelwars_refusals_total", "counter", "Refusals over HTTP and on sockets, by code.")
        for code in ErrorCode.allCases {
            page.sample("pixelwars_refusals_total", [("code", code.rawValue)], meters.refusals[code] ?? 0)
        }
        page.head("pixelwars_http_answers_total", "counter", "HTTP answers by status.")
        for (status, count) in meters.answers.sorted(by: { $0.key < $1.key }) {
            page.sample("pixelwars_http_answers_total", [("status", String(status))], count)
        }
        page.counter(
            "pixelwars_sent_bytes_total", "Bytes handed to the system for clients.",
            Int(clamping: sentBytes()))
        page.histogram(
            "pixelwars_tick_lag_seconds", "How late planned wake-ups of the loop came.",
            boundsUs: LagHistogram.boundsUs, counts: meters.lag.counts,
            seconds: Double(meters.lag.sumUs) / 1e6)
    }

    private func storage(_ counts: EngineCounts, _ page: inout ExpositionText) {
        page.gauge("pixelwars_canvas_version", "The last durable version.", Int(counts.version))
        page.gauge("pixelwars_canvas_epoch", "The canvas's epoch.", counts.epoch)
        page.gauge("pixelwars_pool_versions", "Recent changes kept in memory.", counts.poolVersions)
        page.gauge("pixelwars_pending_records", "Records that aren't durable yet.", counts.pendingRecords)
        page.gauge(
            "pixelwars_storage_writable", "Whether storage takes writes.", counts.isStorageHealthy ? 1 : 0)
        let statistics = commits()
        page.histogram(
            "pixelwars_commit_seconds", "How long commits took.", boundsUs: CommitStatistics.bucketBoundsUs,
            counts: statistics.buckets, seconds: statistics.seconds)
        page.counter(
            "pixelwars_failed_commits_total", "Commits that storage refused.", statistics.failedCount)
        page.gauge(
            "pixelwars_database_bytes", "What the database and its log take up on the disk.",
            Int(statistics.databaseBytes))
        if let free = dataDirectory.flatMap(ProcessFigures.freeBytes) {
            page.gauge(
                "pixelwars_disk_free_bytes", "What the disk of the data directory has left.", Int(free))
        }
    }

    private func process(_ page: inout ExpositionText) {
        let figures = ProcessFigures.read()
        page.gauge("process_resident_memory_bytes", "Memory in use.", Int(figures.residentBytes))
        page.gauge(
            "process_virtual_memory_bytes", "Memory that has addresses.", Int(figures.virtualBytes))
        page.head("process_start_time_seconds", "gauge", "When the server started, since 1970.")
        page.sample("process_start_time_seconds", [], seconds: Double(meters.startedAtMs) / 1_000)
        page.head("process_cpu_seconds_total", "counter", "Processor time used.")
        page.sample("process_cpu_seconds_total", [], seconds: figures.cpuSeconds)
    }
}
