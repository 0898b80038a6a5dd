import Engine
import FoundationEssentials
import Protocol
import Testing

@testable import Storage

@Suite("What comes with the program")
struct StockTests {
    private let scratch: Scratch
    private var stock: Stock

    init() throws {
        scratch = try Scratch()
        stock = try Stock.ofTests()
    }

    /// Starts with the stock as it stands, and ends.
    private func start() throws -> RecoveredState {
        let database = try Database(directory: scratch.path)
        defer { database.close() }
        return try database.recoverSmall(stock: stock)
    }

    /// Changes the closed database as a host does.
    private func execute(_ sql: String) throws {
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        try connection.execute("PRAGMA foreign_keys = ON; " + sql)
        connection.close()
    }

    /// Names of colors with their codes, in the order of the table's places.
    private func keptColors() throws -> [String] {
        try rows("name || ' ' || color", of: "base_colors ORDER BY place, name", in: scratch)
    }

    @Test("is there after the first start, and after the next ones without a write")
    func isKept() throws {
        let first = try start()
        #expect(first.skins == stock.skins)
        #expect(first.ads == stock.ads)
        #expect(
            try keptColors() == ["coral #00c807", "ink #0ac807", "mint #14c807", "sand #1ec807"])
        let database = try Database(directory: scratch.path)
        defer { database.close() }
        for _ in 0..<2 {
            let state = try database.recoverSmall(stock: stock)
            #expect(state.skins == stock.skins)
            #expect(state.ads == stock.ads)
        }
        // A log without a byte: nothing was written since the file was opened.
        #expect(try Data(contentsOf: URL(filePath: scratch.path + "/pixelwars.db-wal")).isEmpty)
    }

    @Test("is brought up to what the next release has: colors, skins and ads")
    mutating func isBroughtUp() throws {
        _ = try start()
        stock.baseColors = try BaseColors(
            colors(["sand", "mint", "ink", "coral", "gold"]).colors.map {
                $0.name == "coral"
                    ? BaseColor(name: "coral", color: Palette.Color(red: 255, green: 0, blue: 0)) : $0
            })
        stock.skins[0] = try skin("ember", title: "Ember II", price: 45, ["gold", "sand", "mint", "coral"])
        stock.skins.append(try skin("meadow"))
        stock.ads[1] = try ad("mars", title: "Mars now", weight: 7)
        stock.ads.append(try ad("venus"))
        for _ in 0..<2 {
            let state = try start()
            #expect(state.skins == stock.skins)
            #expect(state.ads == stock.ads)
        }
        #expect(
            try keptColors()
                == ["sand #00c807", "mint #0ac807", "ink #14c807", "coral #ff0000", "gold #28c807"])
        #expect(
            try rows("id || ' ' || origin", of: "skins ORDER BY id", in: scratch)
                == ["ember program", "lagoon program", "meadow program"])
    }

    @Test("and has a color no more is rid of it once no skin uses it")
    mutating func dropsIdleColors() throws {
        stock.baseColors = try colors(["coral", "ink", "mint", "sand", "gold", "rust"])
        stock.skins.append(try skin("meadow", ["rust", "sand", "mint", "coral"]))
        _ = try start()
        stock.baseColors = try colors()
        stock.skins.removeLast()
        let state = try start()
        #expect(state.skins.map(\.id.rawValue) == ["ember", "lagoon", "meadow"], "it may be someone's")
        #expect(try rows("name", of: "base_colors ORDER BY name", in: scratch).contains("rust"))
        #expect(try !rows("name", of: "base_colors ORDER BY name", in: scratch).contains("gold"))
        stock.skins.append(try skin("meadow"))
        _ = try start()
        #expect(
            try rows("name", of: "base_colors ORDER BY name", in: scratch) == [
                "coral", "ink", "mint", "sand",
            ])
    }

    @Test("never takes the place of a skin that a host installed")
    mutating func leavesHostsSkins() throws {
        _ = try start()
        let own = try skin("meadow", title: "The host's", price: 1)
        let replaced = try skin("ember", title: "The host's too", price: 2)
        let database = try Database(directory: scratch.path)
        try database.commit([.skin(own), .skin(replaced)])
        database.close()
        stock.skins[0].title = "Ember II"
        stock.skins.append(try skin("meadow", title: "The program's"))
        for _ in 0..<2 { #expect(try start().skins == [replaced, stock.skins[1], own]) }
        #expect(
            try rows("id || ' ' || origin", of: "skins_readable ORDER BY id", in: scratch)
                == ["ember host", "lagoon program", "meadow host"])
    }

    @Test("is shown as an ad only while the program has it, and again once it has")
    mutating func retiresAds() throws {
        _ = try start()
        let mars = stock.ads.removeLast()
        #expect(try start().ads == stock.ads)
        #expect(
            try rows("id || origin", of: "ads ORDER BY id", in: scratch) == ["earthprogram", "marsformer"])
        stock.ads.append(mars)
        #expect(try start().ads == stock.ads)
    }

    @Test("stands beside ads that a host put into the table, but for those that can't be read")
    mutating func showsHostsAds() throws {
        _ = try start()
        let own = try ad("cafe", title: "Café", weight: 9)
        let body = String(decoding: own.json(), as: UTF8.self)
        try execute(
            """
            INSERT INTO ads (id, body) VALUES ('cafe', '\(body)');
            INSERT INTO ads (id, body) VALUES ('broken', '{"id":"broken","title":"no seconds"}');
            INSERT INTO ads (id, body) VALUES ('NO ID', '{"id":"NO ID"}');
            """)
        stock.ads.append(try ad("cafe", title: "The program's"))
        for _ in 0..<2 { #expect(try start().ads == [own] + stock.ads.prefix(2)) }
        for nonsense in ["{", #"{"id":"other"}"#, "{}"] {
            #expect(throws: SQLiteFailure.self, "\(nonsense)") {
                try execute("INSERT INTO ads (id, body) VALUES ('mine', '\(nonsense)')")
            }
        }
    }

    @Test("is out of sight where a host switched an ad off, whatever the next release has of it")
    mutating func obeysSwitch() throws {
        _ = try start()
        try execute("UPDATE ads SET is_shown = 0 WHERE id = 'earth'")
        #expect(try start().ads == [stock.ads[1]])
        stock.ads[0] = try ad("earth", title: "Earth again")
        #expect(try start().ads == [stock.ads[1]])
        try execute("UPDATE ads SET is_shown = 1 WHERE id = 'earth'")
        #expect(try start().ads == stock.ads)
    }

    @Test("stays as it is where a program brings nothing")
    mutating func staysWithoutStock() throws {
        let first = try start()
        stock = .none
        let state = try start()
        #expect(state.skins == first.skins)
        #expect(state.ads == first.ads)
        #expect(try keptColors().count == 4)
    }
}
