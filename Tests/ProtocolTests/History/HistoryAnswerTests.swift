import Protocol
import Testing

@Suite("Answers about history")
struct HistoryAnswerTests {
    private func overview(_ samples: inout Samples) throws -> HistoryAnswer {
        var epochs: [HistoryEpoch] = []
        var first: Version = 0
        for number in 1...samples.int(1...4) {
            let size = try #require(
                CanvasSize(width: samples.int(1...2_000), height: samples.int(1...2_000)))
            let last = first + Version(samples.int(0...100_000))
            epochs.append(
                HistoryEpoch(
                    epoch: number, size: size, firstVersion: first, lastVersion: last,
                    startedAtMs: Int64(samples.int(0...4_000_000_000_000)),
                    endedAtMs: number < 4 ? Int64(samples.int(0...4_000_000_000_000)) : nil))
            first = last + 1
        }
        return HistoryAnswer(
            epochs: epochs, oldestVersion: Version(samples.int(0...Int(epochs[0].lastVersion))),
            latestVersion: first - 1,
            retentionDays: samples.int(0...1) == 0 ? nil : samples.int(1...3_650))
    }

    private func page(_ samples: inout Samples) -> HistoryPage {
        let accounts = (0..<samples.int(1...5)).map { number in
            AccountName(id: samples.identifier(), name: "player \(number)")
        }
        let changes = (0..<samples.int(0...60)).map { _ in
            HistoryChange(
                x: UInt16(samples.int(0...16_383)), y: UInt16(samples.int(0...16_383)),
                color: UInt8(samples.int(0...255)), account: UInt32(samples.int(0...accounts.count - 1)),
                afterMs: Int64(samples.int(-90_000_000...900_000_000_000)))
        }
        return HistoryPage(
            epoch: samples.int(1...9), from: Version(samples.int(0...1_000_000_000)),
            atMs: Int64(samples.int(0...4_000_000_000_000)), accounts: accounts, changes: changes)
    }

    @Test("come back from their own JSON", arguments: 1...4 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var samples = Samples(seed: seed)
        for _ in 0..<200 {
            let overview = try overview(&samples)
            #expect(try HistoryAnswer(json: overview.json()) == overview)
            let page = page(&samples)
            #expect(try HistoryPage(json: page.json()) == page)
        }
    }

    @Test("have the members that the contract names")
    func form() throws {
        let ada = AccountName(id: Identifier(rawValue: 1), name: "Ada")
        let page = HistoryPage(
            epoch: 2, from: 7, atMs: 1_000, accounts: [ada],
            changes: [
                HistoryChange(x: 1, y: 2, color: 3, account: 0, afterMs: 0),
                HistoryChange(x: 4, y: 5, color: 6, account: 0, afterMs: -25),
            ])
        #expect(
            String(decoding: page.json(), as: UTF8.self)
                == #"{"epoch":2,"from":7,"to":9,"at_ms":1000,"accounts":[{"id":"0000000000001","name":"Ada"}],"#
                + #""changes":[[1,2,3,0,0],[4,5,6,-25,0]]}"#)
        let size = try #require(CanvasSize(width: 4, height: 3))
        let epoch = HistoryEpoch(
            epoch: 1, size: size, firstVersion: 0, lastVersion: 9, startedAtMs: 0, endedAtMs: 1_000)
        let overview = HistoryAnswer(
            epochs: [epoch], oldestVersion: 2, latestVersion: 9, retentionDays: 30)
        #expect(
            String(decoding: overview.json(), as: UTF8.self)
                == #"{"epochs":[{"epoch":1,"width":4,"height":3,"first_version":0,"last_version":9,"#
                + #""started_at":"1970-01-01T00:00:00.000Z","ended_at":"1970-01-01T00:00:01.000Z"}],"#
                + #""oldest_version":2,"latest_version":9,"retention_days":30}"#)
    }

    @Test(
        "that are malformed are refused",
        arguments: [
            "[[1,2,3,0]]", "[[1,2,3,0,1]]", "[[1,2,256,0,0]]", "[[16384,2,3,0,0]]", "[[1,2,3,0.5,0]]",
            "[[1,2,3,--1,0]]", "[[1,2,3,0,0],]", "[[1,2,3,0,0", "[1,2]", "7", "[[1,2,3,9999999999999999,0]]",
            "[[01,2,3,0,0]]", "[[1,2,3,0,0],[1,2,3,0,0]]", "[]",
        ])
    func malformed(changes: String) {
        let json =
            #"{"epoch":1,"from":0,"to":1,"at_ms":0,"accounts":[{"id":"0000000000001","name":"A"}],"#
            + "\"changes\":\(changes)}"
        #expect(throws: Failure.self) { try HistoryPage(json: Array(json.utf8)) }
    }

    @Test(
        "whose changes leave the range of versions or times are refused, not added up",
        arguments: [
            (#""from":9223372036854775807,"to":9223372036854775807,"at_ms":0"#, "from"),
            (#""from":9007199254740993,"to":9007199254740994,"at_ms":0"#, "from"),
            (#""from":0,"to":1,"at_ms":9223372036854775807"#, "at_ms"),
            (#""from":0,"to":1,"at_ms":-9223372036854775808"#, "at_ms"),
        ])
    func outOfRange(head: String, field: String) {
        let json =
            "{\"epoch\":1,\(head),\"accounts\":[{\"id\":\"0000000000001\",\"name\":\"A\"}],"
            + "\"changes\":[[1,2,3,999999999999999,0]]}"
        let failure = #expect(throws: Failure.self) { try HistoryPage(json: Array(json.utf8)) }
        #expect(failure?.message.contains("\"\(field)\"") == true)
    }

    @Test(
        "about what is kept are refused where their versions contradict each other",
        arguments: [
            (0, 9, [(5, 4)]), (0, 9, [(0, 4), (4, 9)]), (0, 9, [(5, 9), (0, 4)]), (0, 9, [(0, 10)]),
            (8, 9, [(0, 4), (5, 9)]), (10, 9, [(0, 9)]), (0, .max, [(0, 9)]),
        ] as [(Version, Version, [(Version, Version)])])
    func contradictions(oldest: Version, latest: Version, epochs: [(Version, Version)]) throws {
        let size = try #require(CanvasSize(width: 4, height: 3))
        let kept = epochs.enumerated().map { number, versions in
            HistoryEpoch(
                epoch: number, size: size, firstVersion: versions.0, lastVersion: versions.1, startedAtMs: 0)
        }
        let json = HistoryAnswer(epochs: kept, oldestVersion: oldest, latestVersion: latest).json()
        #expect(throws: Failure.self) { try HistoryAnswer(json: json) }
    }

    @Test(
        "are asked for by a version or a time, and changes with a limit",
        arguments: [
            ("/api/history", nil, HistoryRoute.overview),
            ("/api/history/at", "version=12", .at(.version(12))),
            ("/api/history/at", "time=1970-01-01T00:00:02Z", .at(.time(ms: 2_000))),
            ("/api/history/at", "time=1970-01-01T01:00:02%2B01:00", .at(.time(ms: 2_000))),
            ("/api/history/changes", "from=3&limit=25000", .changes(after: 3, limit: 25_000)),
            ("/api/history/changes", "from=3", .changes(after: 3, limit: Limits.standardHistoryChanges)),
        ] as [(String, String?, HistoryRoute)])
    func routes(path: String, query: String?, route: HistoryRoute) throws {
        let parsed = try Route.parse(
            method: "GET", path: path, query: query, headers: { _ in nil }, body: [])
        #expect(parsed == .history(route))
    }

    @Test(
        "asked for in a way that can't be are refused, and the field is named",
        arguments: [
            ("at", "", "version"), ("at", "version=1&time=1970-01-01T00:00:02Z", "version"),
            ("at", "version=-1", "version"), ("at", "version=x", "version"), ("at", "time=yesterday", "time"),
            ("at", "time=12", "time"), ("changes", "", "from"), ("changes", "from=1&limit=0", "limit"),
            ("changes", "from=1&limit=25001", "limit"), ("changes", "from=1&limit=x", "limit"),
        ])
    func refused(path: String, query: String, field: String) {
        let failure = #expect(throws: RouteFailure.self) {
            try Route.parse(
                method: "GET", path: "/api/history/" + path, query: query, headers: { _ in nil }, body: [])
        }
        #expect(failure?.failure.code == .badRequest)
        #expect(failure?.failure.message.contains("\"\(field)\"") == true)
    }
}
