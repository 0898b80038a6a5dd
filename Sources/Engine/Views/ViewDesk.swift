import Game
import Protocol

/// Who waits for drawings of the canvas, and what was drawn of its present version.
///
/// One drawing is under way at a time, with a pause between two that grows with the canvas or the picture; whoever
/// wants the same shares it. Requests and watchers take turns, so that neither starves the other.
struct ViewDesk: Sendable {
    /// A drawing under way.
    struct UnderWay: Sendable {
        var drawing: Drawing
        var version: Version
    }

    private struct Waiting: Sendable {
        var request: RequestID
        var drawing: Drawing
        var version: Version
        var holder: RateKey
        var address: String
    }

    private var waiting: [Waiting] = []
    /// Whose drawing was begun last.
    private var lastAddress: String?
    private(set) var underWay: UnderWay?
    private var pausedUntilUs: Int64 = .min
    private var wasFrame = false
    private var kept: [Drawing: [UInt8]] = [:]
    private var keptVersion: Version = 0
    private var keptBytes = 0

    /// A drawing of a version, where it was made already.
    func drawn(_ drawing: Drawing, at version: Version) -> [UInt8]? {
        keptVersion == version ? kept[drawing] : nil
    }

    /// Why nobody more can wait, of an address or at all; nil where someone can.
    ///
    /// Whoever wants what is waited for already costs no drawing more.
    func refusal(of drawing: Drawing, holder: RateKey, address: String, at now: Moment) -> Failure? {
        let isFull = waiting.count >= Limits.maxWaitingDrawings
        let isCrowded =
            waiting.lazy.filter { $0.holder == holder }.count >= Limits.maxWaitingDrawingsPerHolder
            || waiting.lazy.filter { $0.address == address }.count >= Limits.maxWaitingDrawingsPerAddress
        guard isFull || isCrowded && !waiting.contains(where: { $0.drawing == drawing }) else { return nil }
        let leftUs = max(pausedUntilUs - now.monotonicUs, 0)
        return Failure(
            .rateLimited, "Too many pictures are waited for; wait a little.",
            retryAfterMs: Limits.drawingRetryMs + Int(leftUs / 1_000))
    }

    /// Notes who waits for a drawing of a version or a newer one.
    mutating func wait(
        _ request: RequestID, for drawing: Drawing, at version: Version, holder: RateKey, address: String
    ) {
        waiting.append(
            Waiting(request: request, drawing: drawing, version: version, holder: holder, address: address))
    }

    /// The drawing of whoever waits longest, of another address than the last one where there is one.
    var wanted: Drawing? { next?.drawing }

    private var next: Waiting? { waiting.first { $0.address != lastAddress } ?? waiting.first }

    /// Whether it is the turn of those who wait, where a watcher wants a frame, too.
    var prefersWaiting: Bool { wasFrame }

    /// When something wanted at a time may be drawn.
    func startUs(_ wantedUs: Int64) -> Int64 { max(wantedUs, pausedUntilUs) }

    /// Notes that something is being drawn.
    ///
    /// - Parameter pixelCount: the cells that are looked at, or the pixels of a picture that is larger.
    mutating func start(_ drawing: Drawing, of version: Version, pixelCount: Int, at now: Moment) {
        underWay = UnderWay(drawing: drawing, version: version)
        if drawing == next?.drawing { lastAddress = next?.address }
        if case .frame = drawing { wasFrame = true } else { wasFrame = false }
        pausedUntilUs = now.monotonicUs + Int64(pixelCount * Limits.drawingPauseNsPerPixel / 1_000)
    }

    /// Takes the drawing, or its lack, and gives those whom it answers; whoever asked at a newer version waits on.
    mutating func finish(_ bytes: [UInt8]?) -> (done: UnderWay, requests: [RequestID])? {
        guard let done = underWay else { return nil }
        underWay = nil
        if let bytes { keep(bytes, of: done) }
        let answers = { (item: Waiting) in
            item.drawing == done.drawing && item.version <= done.version
        }
        let requests = waiting.filter(answers).map(\.request)
        waiting.removeAll(where: answers)
        return (done, requests)
    }

    private mutating func keep(_ bytes: [UInt8], of done: UnderWay) {
        // A watcher's frame has a desk of its own.
        if case .frame = done.drawing { return }
        if keptVersion != done.version || keptBytes + bytes.count > Limits.maxKeptDrawingBytes {
            kept = [:]
            keptBytes = 0
            keptVersion = done.version
        }
        guard bytes.count <= Limits.maxKeptDrawingBytes else { return }
        if kept.updateValue(bytes, forKey: done.drawing) == nil { keptBytes += bytes.count }
    }
}
