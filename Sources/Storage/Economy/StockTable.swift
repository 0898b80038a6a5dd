import Engine
import Protocol

/// Brings what is kept of the program's stock to what the program brings now.
struct StockTable {
    /// What is to be written.
    private struct Differences {
        var colors: [(place: Int, color: BaseColor)] = []
        /// Names of colors that the program no longer has.
        var formerColors: [String] = []
        /// Whether one of those is in no skin.
        var hasIdleColors = false
        var skins: [Skin] = []
        var ads: [Ad] = []
        var formerAds: [String] = []

        var isEmpty: Bool {
            colors.isEmpty && !hasIdleColors && skins.isEmpty && ads.isEmpty && formerAds.isEmpty
        }
    }

    static let colorsSQL = """
        SELECT c.name, c.color, c.place,
            EXISTS (SELECT 1 FROM skin_input_values v WHERE v.color = c.name)
        FROM base_colors c ORDER BY c.name
        """

    private let skinReader: SkinReader
    private let skinWriter: SkinWriter
    private let adTable: AdTable
    private let colors, color, endColor: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        skinReader = try SkinReader(connection: connection)
        skinWriter = try SkinWriter(connection: connection)
        adTable = try AdTable(connection: connection)
        colors = try connection.prepare(Self.colorsSQL)
        color = try connection.prepare(
            """
            INSERT INTO base_colors (name, color, place) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET color = excluded.color, place = excluded.place
            """)
        endColor = try connection.prepare(
            """
            DELETE FROM base_colors WHERE name = ?1
            AND NOT EXISTS (SELECT 1 FROM skin_input_values WHERE color = ?1)
            """)
    }

    /// Whether a stock stands in the tables as it is.
    func holds(_ stock: Stock) throws(SQLiteFailure) -> Bool { try differences(from: stock).isEmpty }

    /// Writes what differs, inside the caller's transaction.
    ///
    /// A color that the program no longer has goes once no skin uses it; a skin stays, because it may be
    /// someone's; an ad stays for what was counted of it, and is shown no more. What is a host's own stays.
    func write(_ stock: Stock) throws(SQLiteFailure) {
        let differences = try differences(from: stock)
        for (place, one) in differences.colors {
            try color.run([.text(one.name), .text(one.color.hex), .integer(Int64(place))])
        }
        for skin in differences.skins { try skinWriter.write(skin, from: .program) }
        for name in differences.formerColors { try endColor.run([.text(name)]) }
        for ad in differences.ads { try adTable.write(ad) }
        for ad in differences.formerAds { try adTable.retire(ad) }
    }

    private func differences(from stock: Stock) throws(SQLiteFailure) -> Differences {
        var differences = Differences()
        guard stock != .none else { return differences }
        try compareColors(stock.baseColors.colors, into: &differences)
        var keptSkins: [SkinID: (skin: Skin, origin: SkinWriter.Origin)] = [:]
        for kept in try skinReader.all() { keptSkins[kept.skin.id] = kept }
        differences.skins = stock.skins.filter { skin in
            guard let kept = keptSkins[skin.id] else { return true }
            return kept.origin == .program && kept.skin != skin
        }
        let keptAds = try adTable.kept()
        differences.ads = stock.ads.filter { ad in
            guard let kept = keptAds.first(where: { $0.id == ad.id.rawValue }) else { return true }
            switch kept.origin {
            case .host: return false
            case .program: return kept.body != ad.json()
            case .former: return true
            }
        }
        let current = Set(stock.ads.map(\.id.rawValue))
        differences.formerAds = keptAds.filter { $0.origin == .program && !current.contains($0.id) }
            .map(\.id)
        return differences
    }

    private func compareColors(
        _ wanted: [BaseColor], into differences: inout Differences
    ) throws(SQLiteFailure) {
        var kept: [String: (hex: String, place: Int)] = [:]
        let names = Set(wanted.map(\.name))
        try colors.forEachRow { (row) throws(SQLiteFailure) in
            let name = row.text(0)
            kept[name] = (row.text(1), Int(row.integer(2)))
            if !names.contains(name) {
                differences.formerColors.append(name)
                if row.integer(3) == 0 { differences.hasIdleColors = true }
            }
            return true
        }
        for (place, color) in wanted.enumerated() {
            if let same = kept[color.name], same == (color.color.hex, place) { continue }
            differences.colors.append((place, color))
        }
    }
}
