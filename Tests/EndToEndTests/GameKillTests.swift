import Foundation
import Glibc
import Synchronization
import Testing

extension EndToEnd.OfServers {
    /// `kill -9` while people click, solve, play and buy: what was acknowledged counts, once.
    @Suite struct GameKillTests {
        /// How often it is killed; a tenth of `PIXELWARS_KILLS`, and twenty at least, where that is set.
        static let kills =
            ProcessInfo.processInfo.environment["PIXELWARS_KILLS"].flatMap { Int($0) }.map {
                max(20, $0 / 10)
            }
            ?? 20

        @Test(
            "every acknowledged batch of clicks counts once, over a bad network and a server that is killed")
        func clicks() throws {
            let server = try TestServer([
                "--click-push-rate", "1", "--click-game-seconds", "604800", "--max-clicks-per-second",
                "10000",
                "--max-connections-per-address", "1000",
            ])
            let link = try LossyLink(to: server.port)
            defer { link.end() }
            let board = Clicker.Board()
            var sessions: [String] = []
            for number in 0..<24 {
                let guest = try RawHTTP(port: server.port).call("POST", "/api/auth/guest", body: "{}").json()
                sessions.append(try #require(guest["session_id"] as? String))
                let token = try #require(guest["token"] as? String)
                Clicker(
                    number: number, token: token, port: link.port, board: board,
                    usesSocket: number % 2 == 1
                ).start()
            }
            defer { board.isOver.withLock { $0 = true } }
            var generator = SystemRandomNumberGenerator()
            for _ in 0..<Self.kills {
                let enough = board.acknowledged + Int.random(in: 1...40, using: &generator)
                try eventually("acknowledged batches") { board.acknowledged >= enough }
                server.process.signal(SIGKILL)
                #expect(try server.process.wait() == .killed(by: SIGKILL))
                try server.restart()
                link.lead(to: server.port)
            }
            board.isOver.withLock { $0 = true }
            try eventually("the last batches") { board.isDone }
            try compare(board, sessions, with: server)
            #expect(link.cuts > Self.kills)
            // Once more from the disk alone.
            try server.kill()
            try server.restart()
            try compare(board, sessions, with: server)
        }

        /// Holds what the clickers were told against what the server has.
        private func compare(_ board: Clicker.Board, _ sessions: [String], with server: TestServer) throws {
            let http = try RawHTTP(port: server.port)
            let game = try http.call("GET", "/api/click_games/current").json()
            let id = try #require(game["game_id"] as? String)
            let stored = try http.call("GET", "/api/click_games/\(id)/contributions").json()
            let records = board.records.withLock { $0 }
            var clicks: [String: Int] = [:]
            var players: [String: Int] = [:]
            for (number, session) in sessions.enumerated() {
                let record = try #require(records[number])
                #expect(record.faults.prefix(3) == [], "clicker \(number)")
                let planet = try #require(record.planet)
                let found = (stored[planet] as? [String: [Int]])?[session]
                #expect(found == record.clicks, "clicker \(number)")
                clicks[planet, default: 0] += record.clicks.reduce(0, +)
                players[planet, default: 0] += 1
            }
            for planet in try #require(game["planets"] as? [[String: Any]]) {
                let name = try #require(planet["name"] as? String)
                #expect(planet["clicks"] as? Int == clicks[name], "\(name)")
                #expect(planet["players"] as? Int == players[name], "\(name)")
                #expect((stored[name] as? [String: [Int]])?.count == players[name], "\(name)")
            }
            #expect(records.values.contains { $0.repeats > 0 }, "the network is too good for this test")
        }

        @Test("a running relay goes on after the server is killed, with the same puzzles and points")
        func relay() throws {
            let server = try TestServer()
            var match = try Match(on: server)
            var generator = SystemRandomNumberGenerator()
            for _ in 0..<Self.kills {
                try match.solve(by: 0)
                try match.answerUnheard(by: 1, isRight: Bool.random(using: &generator))
                poll(nil, 0, Int32.random(in: 0...3, using: &generator))
                server.process.signal(SIGKILL)
                #expect(try server.process.wait() == .killed(by: SIGKILL))
                try server.restart()
                try match.compare()
            }
        }

        @Test(
            "points are what came and went, and what was acknowledged counts once, over a server that is killed"
        )
        func economy() throws {
            let scratch = try ScratchDirectory()
            let client = try ChildProcess(
                "/usr/bin/python3",
                [
                    "-B", EndToEnd.OfServers.ContractTests.folder + "/economy_kills.py",
                    scratch.path + "/data",
                    ChildProcess.path(of: "pixelwars-server"), "\(Self.kills)",
                ],
                environment: ["PYTHONUNBUFFERED": "1"], in: scratch.path)
            let said = try client.output(within: 60 + Double(Self.kills) * 5)
            #expect(try client.wait() == .exited(0), "\(said)\(client.errors)")
            #expect(said == "ok \(Self.kills)\n")
        }
    }
}

/// Two players in a relay whose points time doesn't take, and what the server acknowledged.
private struct Match {
    private struct Player {
        var account: Account
        var puzzle: [String: Any]
        var points: Int
        var solves = 0
    }

    private static let penalty = 3

    private let server: TestServer
    private let relay: String
    private var players: [Player] = []
    /// What an answer that nobody heard back about leads to, if it was heard.
    private var unheard: (player: Int, isRight: Bool, socket: RawHTTP)?

    init(on server: TestServer) throws {
        self.server = server
        let accounts = try (0..<2).map { _ in try Account(on: server) }
        let http = try RawHTTP(port: server.port)
        let made = try http.call(
            "POST", "/api/relays", token: accounts[0].accessToken,
            body: """
                {"start_points":1000,"decay_points":0,"decay_interval_ms":3600000,"seconds":86400,"penalty":\
                \(Self.penalty)}
                """)
        relay = try #require(try made.json()["relay_id"] as? String)
        for what in ["join", "start"] {
            let answer = try http.call(
                "POST", "/api/relays/\(relay)/\(what)", token: accounts[1].accessToken)
            try #require(answer.status == 200, "\(answer.text)")
        }
        for account in accounts {
            let puzzle = try http.call("POST", "/api/relays/\(relay)/puzzles", token: account.accessToken)
            try #require(puzzle.status == 201, "\(puzzle.text)")
            players.append(Player(account: account, puzzle: try puzzle.json(), points: 1_000))
        }
    }

    /// Solves a player's puzzle; the other one gets its worth.
    mutating func solve(by index: Int) throws {
        let http = try RawHTTP(port: server.port)
        let answer = try http.call(
            "POST", "/api/relays/\(relay)/puzzle/answer", token: players[index].account.accessToken,
            body: try body(index, isRight: true))
        try #require(answer.status == 200, "\(answer.text)")
        let json = try answer.json()
        #expect(json["correct"] as? Bool == true)
        #expect(json["points"] as? Int == players[index].points)
        players[1 - index].points += try worth(index)
        players[index].solves += 1
        players[index].puzzle = try #require(json["next_puzzle"] as? [String: Any])
    }

    /// Sends an answer and waits for nothing.
    mutating func answerUnheard(by index: Int, isRight: Bool) throws {
        let http = try RawHTTP(port: server.port)
        try http.send(
            "POST", "/api/relays/\(relay)/puzzle/answer", token: players[index].account.accessToken,
            body: try body(index, isRight: isRight))
        unheard = (index, isRight, http)
    }

    private func worth(_ index: Int) throws -> Int { try #require(players[index].puzzle["worth"] as? Int) }

    private func body(_ index: Int, isRight: Bool) throws -> String {
        let puzzle = try #require(players[index].puzzle["puzzle_id"] as? String)
        let text = isRight ? try rightAnswer(puzzle) : "wrong \(puzzle)"
        return #"{"puzzle_id":"\#(puzzle)","answer":"\#(text)"}"#
    }

    /// The answer as the server's database has it.
    private func rightAnswer(_ puzzle: String) throws -> String {
        let program = """
            import sys, types, host
            print(host.right_answer(types.SimpleNamespace(data=sys.argv[1]), sys.argv[2]))
            """
        let python = try ChildProcess(
            "/usr/bin/python3", ["-B", "-c", program, server.data, puzzle],
            environment: ["PYTHONPATH": EndToEnd.OfServers.ContractTests.folder], in: server.directory.path)
        let said = try python.output()
        try #require(try python.wait() == .exited(0), "\(python.errors)")
        return said.trimmingCharacters(in: .newlines)
    }

    /// Holds the relay after a restart against what was acknowledged; an answer that nobody heard back about
    /// counted wholly or not at all.
    mutating func compare() throws {
        let asked = try #require(unheard)
        let wasAcknowledged = (try? asked.socket.answer(within: 1))?.status == 200
        let http = try RawHTTP(port: server.port)
        let answer = try http.call(
            "GET", "/api/relays/\(relay)/points", token: players[0].account.accessToken)
        let ring = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [[String: Any]])
        let found = ring.map { [$0["points"] as? Int, $0["solves"] as? Int] }
        let before = players.map { [$0.points, $0.solves] }
        var counted = players
        if asked.isRight {
            counted[1 - asked.player].points += try worth(asked.player)
            counted[asked.player].solves += 1
        } else {
            counted[asked.player].points -= Self.penalty
        }
        let after = counted.map { [$0.points, $0.solves] }
        #expect(found == after || (!wasAcknowledged && found == before), "\(found): \(before) or \(after)")
        let hasCounted = found == after
        if hasCounted { players = counted }
        for index in players.indices {
            let socket = try RawWebSocket(
                port: server.port, target: "/ws/game/\(relay)", token: players[index].account.accessToken)
            let state = try socket.message("relay_state")
            #expect(state["status"] as? String == "running")
            let open = try #require(state["puzzle"] as? [String: Any])
            let isSame = NSDictionary(dictionary: open).isEqual(to: players[index].puzzle)
            let isSolved = hasCounted && asked.isRight && index == asked.player
            #expect(isSame != isSolved, "player \(index) has \(open) after \(players[index].puzzle)")
            players[index].puzzle = open
        }
    }
}
