package import Client
package import Protocol

/// A server's canvas for replicas to follow: every change is kept, so any fetch can be answered as of any time.
package struct ScriptedCanvas {
    package let size: CanvasSize
    package private(set) var epoch = 1
    package private(set) var version: Version = 0
    package private(set) var cells: [UInt8]
    /// The changes of this epoch, the first of which made version `poolStart + 1`.
    private var pool: [Pixel] = []
    private var poolStart: Version = 0
    private var snapshot: (version: Version, cells: [UInt8])

    package init(size: CanvasSize) {
        self.size = size
        cells = [UInt8](repeating: 0, count: size.cellCount)
        snapshot = (0, cells)
    }

    package var head: CanvasHead {
        CanvasHead(size: size, epoch: epoch, version: version, palette: ScriptedCanvas.palette)
    }

    package static let palette: Palette = {
        let colors = (0..<32).map { Palette.Color(red: UInt8($0 * 8), green: 0, blue: 0) }
        guard let palette = Palette(colors: colors) else { preconditionFailure("32 colors are a palette") }
        return palette
    }()

    package mutating func place(using random: inout SeededGenerator) {
        let x = Int.random(in: 0..<size.width, using: &random)
        let y = Int.random(in: 0..<size.height, using: &random)
        let color = UInt8.random(in: 0..<32, using: &random)
        place(Pixel(x: x, y: y, color: color))
    }

    package mutating func place(_ pixel: Pixel) {
        version += 1
        cells[size.cell(x: pixel.x, y: pixel.y)] = pixel.color
        pool.append(pixel)
    }

    package mutating func takeSnapshot() {
        snapshot = (version, cells)
    }

    package mutating func forgetPool(before start: Version) {
        let dropped = Int(min(start, snapshot.version) - poolStart)
        guard dropped > 0 else { return }
        pool.removeFirst(dropped)
        poolStart += Version(dropped)
    }

    package mutating func reset() {
        version += 1
        epoch += 1
        cells = [UInt8](repeating: 0, count: size.cellCount)
        pool = []
        poolStart = version
        snapshot = (version, cells)
    }

    /// A frame from a version of this epoch to the present: each cell once, with its last color.
    package func frame(from: Version) -> PixelRun {
        var last: [Int: UInt8] = [:]
        for pixel in pool[Int(from - poolStart)...] { last[size.cell(x: pixel.x, y: pixel.y)] = pixel.color }
        let pixels = last.sorted { $0.key < $1.key }.map { cell, color in
            Pixel(x: cell % size.width, y: cell / size.width, color: color)
        }
        return PixelRun(from: from, to: version, epoch: epoch, pixels: pixels)
    }

    package func answer(_ action: CanvasReplica.Action) -> CanvasReplica.Event? {
        switch action {
        case .fetchSnapshot:
            return .snapshot(size: size, epoch: epoch, version: snapshot.version, cells: snapshot.cells)
        case .fetchChanges(let from, let asked):
            if asked != epoch { return .failed(Failure(.epochChanged, "another epoch")) }
            if from > version { return .failed(Failure(.versionAhead, "not there yet")) }
            let start = from < poolStart ? snapshot.version : from
            let run = PixelRun(
                from: start, to: version, epoch: epoch, pixels: Array(pool[Int(start - poolStart)...]))
            return .changes(run, base: from < poolStart ? snapshot.cells : nil)
        case .changed, .replaced:
            return nil
        }
    }
}
