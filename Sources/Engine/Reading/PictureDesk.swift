import Game
import Protocol

/// What is made of the durable canvas off the loop, such as a PNG: once a version whoever asks, one at a time,
/// however many wait.
struct PictureDesk<Picture: Sendable>: Sendable {
    /// Who waits, each for a picture of a version no older than the durable one when it asked.
    private var waiting: [(asker: Asker, version: Version)] = []
    private(set) var underWay: Version?
    private var latest: (version: Version, picture: Picture)?

    /// The picture of a version, where it is the latest drawn.
    func picture(of version: Version) -> Picture? {
        latest?.version == version ? latest?.picture : nil
    }

    /// Notes who waits for a picture of a version or a newer one.
    mutating func wait(_ asker: Asker, for version: Version) {
        waiting.append((asker, version))
    }

    /// Whether someone waits and nothing is being drawn.
    var isDue: Bool { underWay == nil && !waiting.isEmpty }

    /// Notes that a version is being drawn.
    mutating func start(_ version: Version) {
        underWay = version
    }

    /// Takes the picture, or its lack, and gives those whom it answers; whoever asked at a newer version
    /// waits on.
    mutating func finish(_ picture: Picture?) -> [Asker] {
        guard let drawn = underWay else { return [] }
        underWay = nil
        if let picture { latest = (drawn, picture) }
        let answered = waiting.filter { $0.version <= drawn }
        waiting.removeAll { $0.version <= drawn }
        return answered.map(\.asker)
    }
}

extension ServerEngine {
    /// Answers with the picture of the durable canvas, drawn if the latest one is older.
    mutating func picture(for asker: Asker, into effects: inout [Effect]) {
        if let png = pictures.picture(of: canvas.durableVersion) {
            show(png, to: asker, into: &effects)
            return
        }
        pictures.wait(asker, for: canvas.durableVersion)
        drawPictureIfDue(into: &effects)
    }

    private mutating func drawPictureIfDue(into effects: inout [Effect]) {
        guard pictures.isDue else { return }
        pictures.start(canvas.durableVersion)
        effects.append(.renderPNG(canvasHead, cells: canvas.durableCells))
    }

    /// Hands a picture out to all whom it answers, and has the next one drawn where someone still waits.
    mutating func pictureDrawn(_ png: [UInt8]?, into effects: inout [Effect]) {
        for asker in pictures.finish(png) { show(png, to: asker, into: &effects) }
        drawPictureIfDue(into: &effects)
    }

    /// Gives a picture, or says that there is none.
    private func show(_ png: [UInt8]?, to asker: Asker, into effects: inout [Effect]) {
        guard let png else {
            let failure = Failure(.internalError, "The picture could not be made.")
            return refuse(asker, failure, into: &effects)
        }
        if case .host = asker {
            tell(asker, .picture(png), into: &effects)
        } else {
            answer(asker, .png(png), message: .ok, into: &effects)
        }
    }
}
