import Foundation
import Protocol

/// One message of every kind and shape with its bytes in both codecs, kept in `Golden/`.
///
/// The JSON form is the file's text itself, the binary form is in hex.
struct GoldenVectors {
    static let ada = AccountName(id: Identifier(rawValue: 0x0123_4567_89AB_CDEF), name: "Ada \"漢\"")

    static let client = canvasClient + gameClient + arcadeClient
    static let server = canvasServer + gameServer + arcadeServer

    private static let canvasClient: [(name: String, envelope: ClientEnvelope)] = [
        ("client-play", ClientEnvelope(.play)),
        ("client-play-id", ClientEnvelope(id: 1, .play)),
        ("client-leave", ClientEnvelope(id: 127, .leave)),
        ("client-heartbeat", ClientEnvelope(id: 128, .heartbeat)),
        ("client-authenticate", ClientEnvelope(id: -1, .authenticate(token: "a.b.c"))),
        ("client-place", ClientEnvelope(id: 300, .place(Pixel(x: 999, y: 7, color: 31)))),
        ("client-place-outside", ClientEnvelope(.place(Pixel(x: -1, y: .max, color: 255)))),
        ("client-undo", ClientEnvelope(id: .max, .undo)),
    ]

    private static let canvasServer: [(name: String, envelope: ServerEnvelope)] = [
        (
            "server-welcome",
            ServerEnvelope(
                .welcome(
                    Welcome(
                        account: ada, sessionID: Identifier(rawValue: .max), status: .afk,
                        canvas: CanvasHead(
                            size: Samples.thousand, epoch: 1_700_000_000,
                            version: 12_345,
                            palette: .standard),
                        serverTimeMs: 1_763_000_000_123, heartbeatMs: 15_000, clickPushRateSeconds: 5)))
        ),
        ("server-status-afk", ServerEnvelope(.status(.afk))),
        (
            "server-status-queued",
            ServerEnvelope(replyTo: 1, .status(.queued(position: 3, sinceMs: 1_763_000_000_000)))
        ),
        (
            "server-status-playing",
            ServerEnvelope(replyTo: 2, .status(.playing(idleDeadlineMs: 1_763_000_120_000)))
        ),
        ("server-status-playing-on", ServerEnvelope(.status(.playing(idleDeadlineMs: nil)))),
        ("server-pixels", ServerEnvelope(.pixels(worked))),
        ("server-pixels-none", ServerEnvelope(.pixels(PixelRun(from: 41, to: 41, epoch: 7, pixels: [])))),
        ("server-pixels-cluster", ServerEnvelope(.pixels(cluster))),
        ("server-pixels-corners", ServerEnvelope(.pixels(corners))),
        ("server-placed", ServerEnvelope(replyTo: 300, .placed(version: 12_346, epoch: 7))),
        (
            "server-canvas-reset",
            ServerEnvelope(.canvasReset(epoch: 8, version: 12_347, width: 1000, height: 800))
        ),
        ("server-heartbeat", ServerEnvelope(.heartbeat(serverTimeMs: 1_763_000_000_123))),
        (
            "server-announcement",
            ServerEnvelope(.announcement(message: "Back in 5 ☕", atMs: 1_763_000_000_123))
        ),
        ("server-ok", ServerEnvelope(replyTo: 4, .ok)),
        ("server-error", ServerEnvelope(replyTo: 5, .error(Failure(.notPlaying, "You aren't playing.")))),
        (
            "server-error-retry",
            ServerEnvelope(.error(Failure(.rateLimited, "Too many pixels at once.", retryAfterMs: 250)))
        ),
    ]

    /// The example that docs/protocol.md takes apart bit by bit.
    static let worked = PixelRun(
        from: 300, to: 304, epoch: 7,
        pixels: [Pixel(x: 2, y: 0, color: 5), Pixel(x: 3, y: 0, color: 31), Pixel(x: 1, y: 1, color: 0)])

    /// A square of 8 × 8 cells far from the corner, whose jumps are escaped.
    static let cluster = PixelRun(
        from: 1_000_000, to: 1_000_064, epoch: 7,
        pixels: (0..<64).map { Pixel(x: 500 + $0 % 8, y: 600 + $0 / 8, color: UInt8($0 % 2)) })

    /// The first and the last cell of the largest square canvas.
    static let corners = PixelRun(
        from: 0, to: 2, epoch: -1,
        pixels: [Pixel(x: 0, y: 0, color: 255), Pixel(x: 4095, y: 4095, color: 0)])

    static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    static func file(_ name: String, _ codec: MessageCodec) -> URL {
        directory.appending(path: name + (codec == .json ? ".json" : ".hex"))
    }

    /// All files in the directory.
    static func fileNames() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path)
    }

    /// The bytes kept for a message; nil where there are none yet.
    static func kept(_ name: String, _ codec: MessageCodec) -> [UInt8]? {
        guard let data = try? Data(contentsOf: file(name, codec)) else { return nil }
        if codec == .json { return Array(data.last == 0x0A ? data.dropLast() : data) }
        let digits = data.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// Writes the bytes for the next run to be held against.
    static func record(_ bytes: [UInt8], _ name: String, _ codec: MessageCodec) throws {
        var text = bytes
        if codec == .binary {
            let hex = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            let rows = stride(from: 0, to: hex.count, by: 32).map {
                hex[$0..<min($0 + 32, hex.count)].joined(separator: " ")
            }
            text = Array(rows.joined(separator: "\n").utf8)
        }
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try Data(text + [0x0A]).write(to: file(name, codec))
    }
}
