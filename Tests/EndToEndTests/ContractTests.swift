import Glibc
import Testing

extension EndToEnd.OfServers {
    /// Sign-in, players' states, click games, relays, the arcade and what stands beside the games as the contract
    /// has them, told by a client in another language.
    @Suite struct ContractTests {
        struct Scenario: Sendable, CustomTestStringConvertible {
            var name: String
            var options: [String] = []
            var testDescription: String { name }
        }

        /// Those that mostly wait, for half a minute or close to it; all of them run beside each other.
        static let long: [Scenario] = [
            Scenario(name: "timed_runs", options: ["--idle-seconds", "3"]), Scenario(name: "steps_runs"),
            Scenario(name: "batch_names", options: quick),
            Scenario(name: "stale_clicks", options: quick + ["--access-token-seconds", "15"]),
            Scenario(name: "expiry", options: ["--access-token-seconds", "15"]),
            Scenario(name: "telegram_troubles"),
        ]

        /// The others, a few of which run beside each other.
        static let short: [Scenario] = [
            Scenario(name: "guests"), Scenario(name: "devices"), Scenario(name: "names"),
            Scenario(name: "refreshing"), Scenario(name: "logging_out"), Scenario(name: "deleting"),
            Scenario(name: "tokens"),
            Scenario(
                name: "rates",
                options: ["--sign-in-rate", "1:3", "--guest-rate", "0.5:2", "--request-rate", "5:20"]),
            Scenario(
                name: "proxies",
                options: [
                    "--trust-proxy", "127.0.0.1", "--guest-rate", "0.01:1",
                    "--max-connections-per-address", "2",
                ]),
            Scenario(name: "crowded", options: ["--max-connections-per-address", "3"]),
            Scenario(name: "playing", options: ["--idle-seconds", "4"]),
            Scenario(name: "idling", options: ["--idle-seconds", "4"]),
            Scenario(name: "restoring", options: ["--idle-seconds", "4"]), Scenario(name: "replacing"),
            Scenario(
                name: "queueing",
                options: ["--max-players", "1", "--max-queued", "3", "--idle-seconds", "30"]),
            Scenario(name: "absence", options: ["--max-players", "1", "--idle-seconds", "2"]),
            Scenario(name: "cooldowns", options: ["--max-players", "1", "--spectator-cooldown", "60"]),
            Scenario(name: "live_spectators", options: ["--live-spectators", "--place-rate", "0"]),
            Scenario(name: "polling_spectators"),
            Scenario(
                name: "touched_cells", options: ["--canvas", "1000x1000", "--spectator-cooldown", "60"]),
            Scenario(name: "pixels_board", options: ["--request-rate", "0"]),
            Scenario(name: "new_game", options: ["--live-spectators"]),
            Scenario(name: "rolling_back", options: ["--place-rate", "0"]),
            Scenario(name: "protected_areas", options: ["--place-rate", "0"]),
            Scenario(name: "damaged_history"),
            Scenario(name: "presence", options: ["--heartbeat-timeout", "5", "--idle-seconds", "60"]),
            Scenario(name: "clicking", options: quick), Scenario(name: "implausible", options: quick),
            Scenario(name: "bad_clicks", options: quick),
            Scenario(name: "click_sockets", options: quick),
            Scenario(name: "ordered_games", options: quick + ["--click-game-seconds", "0"]),
            Scenario(name: "games_in_line", options: quick + ["--click-game-seconds", "0"]),
            Scenario(name: "routine_games", options: quick + ["--click-game-seconds", "3"]),
            Scenario(name: "relay_lobby"), Scenario(name: "relay_options"), Scenario(name: "relay_play"),
            Scenario(name: "relay_puzzles"), Scenario(name: "bad_answers"), Scenario(name: "decay_by_hand"),
            Scenario(name: "relay_room"), Scenario(name: "relay_doors"), Scenario(name: "relay_clock"),
            Scenario(name: "relay_idling", options: ["--idle-seconds", "2"]),
            Scenario(name: "cheating"), Scenario(name: "reviewing"), Scenario(name: "ads"),
            Scenario(name: "run_doors"), Scenario(name: "bad_points"), Scenario(name: "board_periods"),
            Scenario(name: "shopping", options: ["--arcade", folder + "/generous.json"]),
            Scenario(name: "installing"), Scenario(name: "host_skins"), Scenario(name: "thousand_purchases"),
            Scenario(name: "no_ads", options: ["--ads", "off"]), Scenario(name: "feedback"),
            Scenario(name: "bonus"), Scenario(name: "offline_review"),
            Scenario(name: "telegram_orders"), Scenario(name: "telegram_kills"),
            Scenario(name: "roles", options: ["--request-rate", "0"]),
            Scenario(name: "auditing", options: ["--click-game-seconds", "0"]),
            Scenario(name: "knobs"), Scenario(name: "ban_ends"), Scenario(name: "announcing"),
            Scenario(name: "hostile_hosts", options: ["--request-rate", "0"]),
            Scenario(name: "shell_pages", options: small), Scenario(name: "shell_streams", options: small),
            Scenario(
                name: "shell_buckets", options: ["--spectator-cooldown", "60", "--request-rate", "1:20"]),
            Scenario(name: "figures_for_staff", options: ["--request-rate", "0"]),
        ]

        /// A canvas that fits into any terminal, for everyone at any time.
        private static let small = [
            "--canvas", "12x9", "--spectator-cooldown", "0", "--place-rate", "0", "--request-rate", "0",
        ]

        /// Clicks are pushed each second, so that no test waits long.
        private static let quick = ["--click-push-rate", "1"]

        /// Where the client's programs lie.
        static let folder: String = {
            var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
            parts.removeLast()
            return (parts + ["Contract"]).joined(separator: "/")
        }()

        /// A few scenarios that run beside each other, for most of their time is waiting.
        struct Batch: Sendable, CustomTestStringConvertible {
            var scenarios: ArraySlice<Scenario>
            var testDescription: String { scenarios.map(\.name).joined(separator: ", ") }

            /// How many run at once.
            private static let beside = 5

            static let all: [Batch] =
                [Batch(scenarios: ContractTests.long[...])]
                + stride(from: 0, to: ContractTests.short.count, by: beside).map {
                    Batch(scenarios: ContractTests.short[$0...].prefix(beside))
                }
        }

        @Test("holds", arguments: Batch.all)
        func holds(_ batch: Batch) throws {
            let running = try batch.scenarios.map { scenario in
                let server = try TestServer(scenario.options)
                let client = try ChildProcess(
                    "/usr/bin/python3",
                    [
                        "-B", Self.folder + "/contract.py", server.url, scenario.name, server.data,
                        ChildProcess.path(of: "pixelwars-server"),
                    ],
                    environment: ["PYTHONUNBUFFERED": "1"], in: server.directory.path)
                return (scenario: scenario, server: server, client: client)
            }
            for (scenario, server, client) in running {
                let said = try client.output()
                let end = try client.wait()
                #expect(end == .exited(0), "\(said)\(client.errors)\n\(server.process.errors)")
                #expect(said.hasSuffix("ok \(scenario.name)\n"), "\(scenario.name)")
            }
        }

        @Test("has every scenario of the client tried here")
        func complete() throws {
            let scratch = try ScratchDirectory()
            let client = try ChildProcess(
                "/usr/bin/python3",
                ["-B", "-c", "import contract; print(' '.join(sorted(contract.SCENARIOS)))"],
                environment: ["PYTHONPATH": Self.folder], in: scratch.path)
            let names = try client.output().split { $0.isWhitespace }.map(String.init)
            try client.wait()
            #expect(names == (Self.long + Self.short).map(\.name).sorted())
        }
    }
}
