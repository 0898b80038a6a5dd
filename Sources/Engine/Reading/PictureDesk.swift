import Game
import Protocol

/// What is made of the durable canvas off the loop, such as a PNG: once a version whoever asks, one at a time,
/// however many wait.
struct PictureDesk<Picture: Sendable>: Sendable {
    /// Who waits, each for a picture of a version no older than the durable one when it asked.
    private var waiting: [(request: RequestID, version: Version)] = []
    private(set) var underWay: Version?
    private var latest: (version: Version, picture: Picture)?

    /// The picture of a version, where it is the latest drawn.
    func picture(of version: Version) -> Picture? {
        latest?.version == version ? latest?.picture : nil
    }

    /// Notes who waits for a picture of a version or a newer one.
    mutating func wait(_ request: RequestID, for version: Version) {
        waiting.append((request, version))
    }

    /// Whether someone waits and nothing is being drawn.
    var isDue: Bool { underWay == nil && !waiting.isEmpty }

    /// Notes that a version is being drawn.
    mutating func start(_ version: Version) {
        underWay = version
    }

    /// Takes the picture, or its lack, and gives those whom it answers; whoever asked at a newer version
    /// waits on.
    mutating func finish(_ picture: Picture?) -> [RequestID] {
        guard let drawn = underWay else { return [] }
        underWay = nil
        if let picture { latest = (drawn, picture) }
        let answered = waiting.filter { $0.version <= drawn }
        waiting.removeAll { $0.version <= drawn }
        return answered.map(\.request)
    }
}

extension ServerEngine {
    /// Answers with the picture of the durable canvas, drawn if the latest one is older.
    mutating func picture(for id: RequestID, into effects: inout [Effect]) {
        if let png = pictures.picture(of: canvas.durableVersion) {
            effects.append(.respond(id, .png(png)))
            return
        }
        pictures.wait(id, for: canvas.durableVersion)
        drawPictureIfDue(into: &effects)
    }

    private mutating func drawPictureIfDue(into effects: inout [Effect]) {
        guard pictures.isDue else { return }
        pictures.start(canvas.durableVersion)
        effects.append(.renderPNG(canvasHead, cells: canvas.durableCells))
    }

    /// Hands a picture out to all whom it answers, and has the next one drawn where someone still waits.
    mutating func pictureDrawn(_ png: [UInt8]?, into effects: inout [Effect]) {
        let answer: Answer =
            png.map { .png($0) } ?? .failure(Failure(.internalError, "The picture could not be made."))
        for id in pictures.finish(png) { effects.append(.respond(id, answer)) }
        drawPictureIfDue(into: &effects)
    }
}
