import Engine
import Protocol
import Storage
import Testing

@testable import Server

@Suite struct MetricsPageTests {
    @Test func `a histogram's buckets add up to all that lie below`() {
        var text = ExpositionText()
        text.histogram("a_seconds", "A.", boundsUs: [500, 1_000_000], counts: [2, 3, 1], seconds: 2.5)
        #expect(
            text.text == """
                # HELP a_seconds A.
                # TYPE a_seconds histogram
                a_seconds_bucket{le="0.0005"} 2
                a_seconds_bucket{le="1.0"} 5
                a_seconds_bucket{le="+Inf"} 6
                a_seconds_sum 2.5
                a_seconds_count 6

                """)
    }

    @Test func `runs, sales, ads, flags and feedback have their samples, those at zero too`() throws {
        let configuration = try #require(ServerConfiguration.sample(in: "/d"))
        let engine = ServerEngine(
            configuration: configuration.engine(palette: .standard, BuiltInAssets()),
            recovered: RecoveredState(), at: Moment(monotonicUs: 0, wallMs: 0))
        var counts = engine.counts
        counts.runsPlayed = 2
        counts.runsEnded = [.time: 3, .burst: 1]
        counts.services.skinsSold = 4
        counts.services.adsShown = 9
        counts.services.adsCompleted = 8
        counts.services.flags = [.offTarget: 5]
        counts.services.feedback = 6
        let page = MetricsPage(meters: Meters(), commits: { CommitStatistics() }, sentBytes: { 0 })
        let lines = Set(page.page(counts).split(separator: "\n").map(String.init))
        for line in [
            "# TYPE pixelwars_runs gauge", "pixelwars_runs 2",
            "# TYPE pixelwars_runs_ended_total counter", #"pixelwars_runs_ended_total{reason="time"} 3"#,
            #"pixelwars_runs_ended_total{reason="burst"} 1"#, #"pixelwars_runs_ended_total{reason="left"} 0"#,
            "pixelwars_skins_sold_total 4", "pixelwars_ads_shown_total 9", "pixelwars_ads_completed_total 8",
            "# TYPE pixelwars_flags_total counter", #"pixelwars_flags_total{reason="off_target"} 5"#,
            #"pixelwars_flags_total{reason="replayed_point"} 0"#, "# TYPE pixelwars_feedback_total counter",
            "pixelwars_feedback_total 6",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
    }

    @Test func `a metric's help and type stand once, before its samples`() throws {
        let configuration = try #require(ServerConfiguration.sample(in: "/d"))
        let engine = ServerEngine(
            configuration: configuration.engine(palette: .standard, BuiltInAssets()),
            recovered: RecoveredState(), at: Moment(monotonicUs: 0, wallMs: 0))
        let page = MetricsPage(meters: Meters(), commits: { CommitStatistics() }, sentBytes: { 0 })
        var described: Set<Substring> = []
        for line in page.page(engine.counts).split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.hasPrefix("# TYPE ") {
                #expect(described.insert(words[2]).inserted, "\(words[2]) is described twice")
            } else if !line.hasPrefix("#"), let name = line.split(separator: /[{ ]/).first {
                let parts = ["_bucket", "_sum", "_count"].map { name.replacing($0, with: "") } + [name]
                #expect(parts.contains { described.contains($0) }, "\(name) isn't described")
            }
        }
        #expect(described.count > 30)
    }

    @Test func `pixels, sign-ins, watchers and refusals have their samples, those at zero too`() throws {
        let configuration = try #require(ServerConfiguration.sample(in: "/d"))
        let engine = ServerEngine(
            configuration: configuration.engine(palette: .standard, BuiltInAssets()),
            recovered: RecoveredState(), at: Moment(monotonicUs: 0, wallMs: 0))
        var counts = engine.counts
        counts.epoch = 3
        counts.spectators = 5
        counts.watchers = 4
        let meters = Meters()
        meters.count(.cooldown)
        meters.count(.cooldown)
        meters.count(.badColor)
        #expect(meters.refusalCount == 3)
        let page = MetricsPage(
            meters: meters, commits: { CommitStatistics() }, sentBytes: { 0 }, dataDirectory: "/")
        let lines = Set(page.page(counts).split(separator: "\n").map(String.init))
        for line in [
            "pixelwars_canvas_epoch 3", "pixelwars_spectators 5", "pixelwars_watchers 4",
            "pixelwars_placements_total 0", "pixelwars_undos_total 0", "pixelwars_evictions_total 0",
            "# TYPE pixelwars_place_commit_seconds histogram", "pixelwars_place_commit_seconds_count 0",
            #"pixelwars_sign_ins_total{method="guest"} 0"#,
            #"pixelwars_sign_ins_total{method="device_key"} 0"#,
            #"pixelwars_refusals_total{code="cooldown"} 2"#,
            #"pixelwars_refusals_total{code="queue_full"} 0"#,
            #"pixelwars_click_refusals_total{reason="push_too_soon"} 0"#, "pixelwars_click_pending_pushes 0",
            "# TYPE pixelwars_disk_free_bytes gauge", "# TYPE process_start_time_seconds gauge",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
    }

    @Test func `what is done with services of others has its samples, those at zero too`() throws {
        let configuration = try #require(ServerConfiguration.sample(in: "/d"))
        let engine = ServerEngine(
            configuration: configuration.engine(palette: .standard, BuiltInAssets()),
            recovered: RecoveredState(), at: Moment(monotonicUs: 0, wallMs: 0))
        var counts = engine.counts
        counts.deviceGrants = 2
        counts.deviceGrantEvents = [.begun: 5, .expired: 1]
        let meters = Meters()
        let session = Answer.page(.denied)
        meters.googleSignIns.note(session, to: "GET", "/device/callback")
        meters.googleSignIns.note(session, to: "GET", "/device")
        meters.googleSignIns.note(session, to: "DELETE", "/api/auth/google")
        for code in [ErrorCode.emailNotVerified, .methodNotAllowed, .googleUnavailable, .badRequest] {
            meters.googleSignIns.note(.failure(Failure(code, "")), to: "POST", "/api/auth/google")
            meters.googleSignIns.note(.failure(Failure(code, "")), to: "GET", "/api/me")
        }
        var page = MetricsPage(meters: meters, commits: { CommitStatistics() }, sentBytes: { 0 })
        var lines = Set(page.page(counts).split(separator: "\n").map(String.init))
        for line in [
            #"pixelwars_sign_ins_total{method="google"} 0"#,
            #"pixelwars_google_sign_ins_total{result="done"} 1"#,
            #"pixelwars_google_sign_ins_total{result="email_not_verified"} 1"#,
            #"pixelwars_google_sign_ins_total{result="google_unavailable"} 1"#,
            #"pixelwars_google_sign_ins_total{result="bad_request"} 1"#,
            #"pixelwars_google_sign_ins_total{result="invalid_id_token"} 0"#, "pixelwars_device_grants 2",
            #"pixelwars_device_grant_events_total{event="begun"} 5"#,
            #"pixelwars_device_grant_events_total{event="allowed"} 0"#,
            #"pixelwars_device_grant_events_total{event="expired"} 1"#,
            #"pixelwars_telegram_calls_total{for="updates",result="failed"} 0"#,
            "pixelwars_telegram_orders_total 0", "pixelwars_broadcast_wanted 0",
            "pixelwars_broadcast_running 0", "pixelwars_broadcast_restarts_total 0",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
        page.broadcast = {
            BroadcastThread.State(isRunning: true, starts: 3, sentFrames: 70, droppedFrames: 4)
        }
        lines = Set(page.page(counts).split(separator: "\n").map(String.init))
        for line in [
            "pixelwars_broadcast_wanted 1", "pixelwars_broadcast_running 1",
            "pixelwars_broadcast_restarts_total 2", #"pixelwars_broadcast_frames_total{result="sent"} 70"#,
            #"pixelwars_broadcast_frames_total{result="dropped"} 4"#,
        ] {
            #expect(lines.contains(line), "\(line)")
        }
    }

    @Test func `a lag stands in the first bucket that holds it, and the worst is told once`() {
        let meters = Meters()
        for us in [0, 500, 501, 2_000_000] as [Int64] { meters.noteLag(us: us) }
        #expect(meters.lag.counts.first == 2)
        #expect(meters.lag.counts[1] == 1)
        #expect(meters.lag.counts.last == 1)
        #expect(meters.lag.counts.count == LagHistogram.boundsUs.count + 1)
        #expect(meters.takeWorstLagUs() == 2_000_000)
        #expect(meters.takeWorstLagUs() == 0)
    }

    @Test func `the process's own figures are read`() {
        let figures = ProcessFigures.read()
        #expect(figures.residentBytes > 1_000_000)
        #expect(figures.cpuSeconds > 0)
    }
}
