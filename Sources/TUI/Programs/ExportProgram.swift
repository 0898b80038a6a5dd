import Files
import Protocol
import Transport

/// `pixelwars export FILE.png`: saves the canvas as the server paints it.
struct ExportProgram: Hashable, Sendable {
    var file: String
    var url: ServerURL
    /// Whether what was saved is told as JSON; nothing is otherwise.
    var isJSON = false

    private static let timeoutMs = 30_000
    /// A longer cooldown isn't waited out.
    private static let maxWaitMs = 120_000
    /// Signature and header (PNG, "Datastream structure").
    private static let headBytes = 33
    private static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

    /// Fetches, waiting out a cooldown once, writes the file, and returns what is to be said about it.
    func run() throws(ProgramFailure) -> String? {
        var found = try fetch(afterMs: 0)
        if case .later(let waitMs) = found { found = try fetch(afterMs: waitMs) }
        guard case .picture(let bytes) = found else {
            throw ProgramFailure("\(url): still asks to wait; try again later")
        }
        do throws(FileError) {
            try WholeFile.write(bytes, to: file, mode: 0o644)
        } catch { throw ProgramFailure(error.description) }
        return isJSON ? report(bytes).json : nil
    }

    /// What `--json` tells of a picture.
    func report(_ bytes: [UInt8]) -> OrderedJSON {
        // The header's first chunk holds width and height (PNG, "IHDR Image header").
        let sides = [16, 20].map { at in
            bytes.dropFirst(at).prefix(4).reduce(0) { $0 << 8 | Int($1) }
        }
        return .fields([
            ("file", .text(file)), ("url", .text(url.description)), ("width", .number("\(sides[0])")),
            ("height", .number("\(sides[1])")), ("bytes", .number("\(bytes.count)")),
        ])
    }

    private enum Fetched {
        case picture([UInt8])
        case later(waitMs: Int)
    }

    private func fetch(afterMs: Int) throws(ProgramFailure) -> Fetched {
        try read(
            OneRequest.answer(
                to: Route.canvasPNG.request, of: url, afterMs: afterMs, timeoutMs: Self.timeoutMs))
    }

    private func read(_ response: HTTPResponse) throws(ProgramFailure) -> Fetched {
        if response.status == 200 {
            guard response.body.starts(with: Self.signature), response.body.count >= Self.headBytes else {
                throw ProgramFailure("\(url): the answer is no PNG picture")
            }
            return .picture(response.body)
        }
        let failure = try? Failure(json: response.body)
        if response.status == 429, let wait = failure?.retryAfterMs, wait <= Self.maxWaitMs {
            return .later(waitMs: wait)
        }
        let words = failure.map { PlayerName.displayed($0.message) } ?? "status \(response.status)"
        throw ProgramFailure("\(url): \(words)")
    }
}
