import FoundationEssentials
import Protocol

/// What must hold for any bytes at all given to a decoder: it never traps, and what it takes it can give back.
///
/// The unit tests hold it on goldens, their mutations and past finds; the fuzz targets on whatever they invent.
enum DecoderProperty: String, CaseIterable, Sendable {
    case clientJSON
    case clientBinary
    case serverJSON
    case serverBinary
    case route
    case snapshot
    case changes
    case palette
    case skinJSON
    case baseColors
    case adJSON

    /// What is broken; nil where all is well.
    func broken(by bytes: [UInt8]) -> String? {
        switch self {
        case .clientJSON: Self.client(bytes, .json)
        case .clientBinary: Self.client(bytes, .binary)
        case .serverJSON: Self.server(bytes, .json)
        case .serverBinary: Self.server(bytes, .binary)
        case .route: Self.route(bytes)
        case .snapshot: Self.snapshot(bytes)
        case .changes: Self.changes(bytes)
        case .palette: Self.palette(bytes)
        case .skinJSON: Self.skin(bytes)
        case .baseColors: Self.colors(bytes)
        case .adJSON: Self.ad(bytes)
        }
    }

    private static func client(_ bytes: [UInt8], _ codec: MessageCodec) -> String? {
        guard let envelope = try? codec.decodeClient(bytes) else { return nil }
        let again = codec.encode(envelope)
        if codec == .binary, again != bytes { return "two encodings of \(envelope)" }
        return (try? codec.decodeClient(again)) == envelope ? nil : "\(envelope) doesn't come back"
    }

    private static func server(_ bytes: [UInt8], _ codec: MessageCodec) -> String? {
        guard let envelope = try? codec.decodeServer(bytes) else { return nil }
        let again = codec.encode(envelope)
        if codec == .binary, again != bytes { return "two encodings of \(envelope)" }
        return (try? codec.decodeServer(again)) == envelope ? nil : "\(envelope) doesn't come back"
    }

    /// Lines: method, path, query, `If-None-Match` and the body's type; the body is what follows.
    private static func route(_ bytes: [UInt8]) -> String? {
        guard let parsed = parsed(bytes) else { return nil }
        return parse(parsed.request) == parsed ? nil : "\(parsed) doesn't come back"
    }

    /// Whether such lines are a request that something answers.
    static func isRoute(_ bytes: [UInt8]) -> Bool { parsed(bytes) != nil }

    private static func parsed(_ bytes: [UInt8]) -> Route? {
        let parts = bytes.split(
            separator: UInt8(ascii: "\n"), maxSplits: 4, omittingEmptySubsequences: false)
        func line(_ index: Int) -> String? {
            parts.indices.contains(index) ? String(decoding: parts[index], as: UTF8.self) : nil
        }
        return try? Route.parse(
            method: line(0) ?? "", path: line(1) ?? "", query: line(2),
            headers: { ["if-none-match", "content-type"].contains($0.lowercased()) ? line(3) : nil },
            body: parts.count > 4 ? Array(parts[4]) : [])
    }

    /// What a server reads of a client's request.
    static func parse(_ request: RouteRequest) -> Route? {
        let target = request.target.split(separator: "?", maxSplits: 1)
        return try? Route.parse(
            method: request.method, path: String(target[0]),
            query: target.count > 1 ? String(target[1]) : nil,
            headers: { name in
                request.headers.first { $0.name.lowercased() == name.lowercased() }?.value
            }, body: request.body)
    }

    /// Two bytes of cell count, least significant first, then the stream.
    private static func snapshot(_ bytes: [UInt8]) -> String? {
        guard bytes.count >= 2 else { return nil }
        let cellCount = Int(bytes[0]) | Int(bytes[1]) << 8
        guard let cells = try? SnapshotCodec.inflate(Array(bytes.dropFirst(2)), cellCount: cellCount) else {
            return nil
        }
        guard cells.count == cellCount else { return "\(cells.count) cells in place of \(cellCount)" }
        let again = SnapshotCodec.deflate(cells, level: 1)
        return (try? SnapshotCodec.inflate(again, cellCount: cellCount)) == cells
            ? nil : "cells don't come back"
    }

    private static func changes(_ bytes: [UInt8]) -> String? {
        guard let answer = try? ChangesAnswer(json: bytes) else { return nil }
        return (try? ChangesAnswer(json: answer.json())) == answer ? nil : "\(answer) doesn't come back"
    }

    private static func palette(_ bytes: [UInt8]) -> String? {
        guard let palette = try? Palette(json: bytes) else { return nil }
        return (try? Palette(json: palette.json(name: "again"))) == palette
            ? nil : "\(palette) doesn't come back"
    }

    /// The project's base colors, which the skins of the corpus are made of.
    private static let standardColors: BaseColors = {
        var path = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        path.removeLast(3)
        path += ["assets", "base_colors.json"]
        guard let data = FileManager.default.contents(atPath: path.joined(separator: "/")),
            let colors = try? BaseColors(json: Array(data))
        else { preconditionFailure("the project has base colors") }
        return colors
    }()

    private static func skin(_ bytes: [UInt8]) -> String? {
        guard let skin = try? Skin(json: bytes, colors: standardColors) else { return nil }
        guard let offer = SkinOffer(skin, in: standardColors, isOwned: true, isEquipped: false) else {
            return "\(skin) can't be drawn"
        }
        guard (try? SkinOffer.list(json: SkinOffer.json([offer]))) == [offer] else {
            return "\(offer) doesn't come back"
        }
        return (try? Skin(json: skin.json(), colors: standardColors)) == skin
            ? nil : "\(skin) doesn't come back"
    }

    private static func colors(_ bytes: [UInt8]) -> String? {
        guard let colors = try? BaseColors(json: bytes) else { return nil }
        return (try? BaseColors(json: colors.json())) == colors ? nil : "\(colors) doesn't come back"
    }

    private static func ad(_ bytes: [UInt8]) -> String? {
        guard let ad = try? Ad(json: bytes) else { return nil }
        return (try? Ad(json: ad.json())) == ad ? nil : "\(ad) doesn't come back"
    }
}
