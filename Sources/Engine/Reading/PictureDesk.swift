import Game
import Protocol

/// The canvas as a PNG: drawn once a version whoever asks, one at a time, however many wait.
struct PictureDesk: Sendable {
    private var waiting: [RequestID] = []
    private(set) var underWay: Version?
    private var latest: (version: Version, png: [UInt8])?

    /// The picture of a version, where it is the latest drawn.
    func picture(of version: Version) -> [UInt8]? {
        latest?.version == version ? latest?.png : nil
    }

    /// Notes who waits for the next picture.
    mutating func wait(_ request: RequestID) {
        waiting.append(request)
    }

    /// Whether someone waits and nothing is being drawn.
    var isDue: Bool { underWay == nil && !waiting.isEmpty }

    /// Notes that a version is being drawn.
    mutating func start(_ version: Version) {
        underWay = version
    }

    /// Takes the picture, or its lack; answers those who asked before it was begun or while it was drawn.
    mutating func finish(_ png: [UInt8]?) -> [RequestID] {
        if let png, let version = underWay { latest = (version, png) }
        underWay = nil
        let answered = waiting
        waiting = []
        return answered
    }
}

extension ServerEngine {
    /// Answers with the picture of the durable canvas, drawn if the latest one is older.
    mutating func picture(for id: RequestID, into effects: inout [Effect]) {
        if let png = pictures.picture(of: canvas.durableVersion) {
            effects.append(.respond(id, .png(png)))
            return
        }
        pictures.wait(id)
        guard pictures.isDue else { return }
        pictures.start(canvas.durableVersion)
        effects.append(.renderPNG(canvasHead, cells: canvas.durableCells))
    }

    /// Hands a picture out to all who waited for it.
    mutating func pictureDrawn(_ png: [UInt8]?, into effects: inout [Effect]) {
        let answer: Answer =
            png.map { .png($0) } ?? .failure(Failure(.internalError, "The picture could not be made."))
        for id in pictures.finish(png) { effects.append(.respond(id, answer)) }
    }
}
