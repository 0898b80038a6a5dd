import Client
import Protocol
import Stage
import Testing

@Suite("A canvas replica")
struct CanvasReplicaTests {
    static let size: CanvasSize = {
        guard let size = CanvasSize(width: 4, height: 3) else { preconditionFailure("4x3 is a size") }
        return size
    }()

    static func head(version: Version, epoch: Int = 1) -> CanvasHead {
        CanvasHead(size: size, epoch: epoch, version: version, palette: ScriptedCanvas.palette)
    }

    static func snapshot(version: Version, epoch: Int = 1, color: UInt8 = 0) -> CanvasReplica.Event {
        .snapshot(
            size: size, epoch: epoch, version: version,
            cells: [UInt8](repeating: color, count: size.cellCount))
    }

    static func run(_ from: Version, _ to: Version, epoch: Int = 1, _ pixels: [Pixel]) -> PixelRun {
        PixelRun(from: from, to: to, epoch: epoch, pixels: pixels)
    }

    /// Subscribed, with blank cells at a version, nothing missing.
    static func current(at version: Version) -> CanvasReplica {
        var replica = CanvasReplica()
        _ = replica.receive(.head(head(version: version)))
        _ = replica.receive(.subscribed(true))
        _ = replica.receive(snapshot(version: version))
        _ = replica.receive(.changes(run(version, version, []), base: nil))
        return replica
    }

    @Test("asks for nothing before a server was heard")
    func startsSilent() {
        var replica = CanvasReplica()
        #expect(replica.receive(.subscribed(true)).isEmpty)
        #expect(!replica.isCurrent)
    }

    @Test("fetches the snapshot, then what changed since it, and is current then")
    func snapshotThenChanges() {
        var replica = CanvasReplica()
        #expect(replica.receive(.head(Self.head(version: 7))) == [.fetchSnapshot])
        #expect(replica.receive(.subscribed(true)).isEmpty)
        #expect(replica.receive(Self.snapshot(version: 5)) == [.replaced, .fetchChanges(from: 5, epoch: 1)])
        #expect(!replica.isCurrent)
        let pixel = Pixel(x: 1, y: 2, color: 9)
        let actions = replica.receive(.changes(Self.run(5, 7, [pixel]), base: nil))
        #expect(actions == [.changed([pixel], version: 7)])
        #expect(replica.isCurrent && replica.version == 7 && replica.cells[9] == 9)
        #expect(replica.hash == CanvasHash(of: replica.cells))
    }

    @Test("applies frames that came during the fetch after its answer, the overlapping one too")
    func replaysHeldFrames() {
        var replica = CanvasReplica()
        _ = replica.receive(.head(Self.head(version: 5)))
        _ = replica.receive(.subscribed(true))
        #expect(replica.receive(.frame(Self.run(5, 7, [Pixel(x: 0, y: 0, color: 1)]))).isEmpty)
        #expect(replica.receive(.frame(Self.run(7, 9, [Pixel(x: 0, y: 0, color: 2)]))).isEmpty)
        let actions = replica.receive(Self.snapshot(version: 6))
        #expect(
            actions == [
                .replaced, .changed([Pixel(x: 0, y: 0, color: 1)], version: 7),
                .changed([Pixel(x: 0, y: 0, color: 2)], version: 9),
            ])
        #expect(replica.isCurrent && replica.cells[0] == 2)
    }

    @Test("holds a frame after a gap and fetches what lies between")
    func repairsGap() {
        var replica = Self.current(at: 5)
        let late = Pixel(x: 3, y: 0, color: 4)
        #expect(replica.receive(.frame(Self.run(8, 9, [late]))) == [.fetchChanges(from: 5, epoch: 1)])
        #expect(!replica.isCurrent && replica.version == 5)
        let missing = [Pixel(x: 3, y: 0, color: 1), Pixel(x: 3, y: 0, color: 2), Pixel(x: 0, y: 0, color: 3)]
        let actions = replica.receive(.changes(Self.run(5, 8, missing), base: nil))
        #expect(actions == [.changed(missing, version: 8), .changed([late], version: 9)])
        #expect(replica.isCurrent && replica.cells[3] == 4)
    }

    @Test("ignores a frame of versions that it has")
    func ignoresStale() {
        var replica = Self.current(at: 5)
        #expect(replica.receive(.frame(Self.run(3, 5, [Pixel(x: 0, y: 0, color: 1)]))).isEmpty)
        #expect(replica.cells[0] == 0)
    }

    @Test("takes the new canvas after a reset, and no frame of the old one")
    func followsReset() {
        var replica = Self.current(at: 5)
        #expect(replica.receive(.reset(epoch: 2, version: 6)) == [.fetchSnapshot])
        #expect(replica.receive(.frame(Self.run(4, 6, [Pixel(x: 0, y: 0, color: 1)]))).isEmpty)
        #expect(replica.receive(.frame(Self.run(6, 7, epoch: 2, [Pixel(x: 1, y: 0, color: 8)]))).isEmpty)
        let actions = replica.receive(Self.snapshot(version: 6, epoch: 2, color: 3))
        #expect(actions == [.replaced, .changed([Pixel(x: 1, y: 0, color: 8)], version: 7)])
        #expect(replica.isCurrent && replica.epoch == 2 && replica.cells[0] == 3 && replica.cells[1] == 8)
    }

    @Test("shows a blank canvas of whatever size at once, and joins what comes after it")
    func beginsBlank() throws {
        var replica = Self.current(at: 5)
        _ = replica.receive(.frame(Self.run(5, 6, [Pixel(x: 0, y: 0, color: 1)])))
        let wide = try #require(CanvasSize(width: 6, height: 2))
        #expect(replica.receive(.reset(epoch: 2, version: 7, size: wide)) == [.replaced])
        #expect(replica.size == wide && replica.version == 7 && replica.epoch == 2 && replica.isCurrent)
        #expect(replica.cells == [UInt8](repeating: 0, count: 12))
        #expect(replica.hash == CanvasHash(of: replica.cells))
        let pixels = [Pixel(x: 5, y: 1, color: 8)]
        let frame = Self.run(7, 9, epoch: 2, pixels)
        #expect(replica.receive(.frame(frame)) == [.changed(pixels, version: 9)])
        #expect(replica.receive(.reset(epoch: 2, version: 7, size: wide)).isEmpty, "told twice it stays")
        #expect(replica.cells[11] == 8)
    }

    @Test(
        "keeps a blank canvas whatever comes of a fetch of the one before",
        arguments: [
            CanvasReplica.Event.failed(Failure(.epochChanged, "")),
            .changes(run(5, 6, [Pixel(x: 0, y: 0, color: 1)]), base: nil),
        ])
    func keepsBlank(answer: CanvasReplica.Event) {
        var replica = Self.current(at: 5)
        _ = replica.receive(.subscribed(false))
        #expect(replica.receive(.subscribed(true)) == [.fetchChanges(from: 5, epoch: 1)])
        _ = replica.receive(.reset(epoch: 2, version: 7, size: Self.size))
        _ = replica.receive(answer)
        #expect(replica.version == 7 && replica.epoch == 2)
        #expect(replica.cells == [UInt8](repeating: 0, count: Self.size.cellCount))
    }

    @Test("takes no blank canvas that is older than what it shows")
    func refusesOldReset() {
        var replica = Self.current(at: 5)
        _ = replica.receive(.reset(epoch: 9, version: 4, size: Self.size))
        #expect(replica.version == 5 && replica.epoch == 1)
    }

    @Test("refuses a snapshot of the canvas before the reset and waits to ask again")
    func refusesOldSnapshot() {
        var replica = Self.current(at: 5)
        _ = replica.receive(.reset(epoch: 2, version: 6))
        #expect(replica.receive(Self.snapshot(version: 5)).isEmpty)
        #expect(replica.isWaiting)
        #expect(replica.receive(.due) == [.fetchSnapshot])
    }

    @Test("starts over when the server is behind it", arguments: [ErrorCode.versionAhead, .epochChanged])
    func startsOver(code: ErrorCode) {
        var replica = Self.current(at: 5)
        #expect(replica.receive(.head(Self.head(version: 2))) == [.fetchChanges(from: 5, epoch: 1)])
        #expect(replica.receive(.failed(Failure(code, ""))) == [.fetchSnapshot])
        _ = replica.receive(Self.snapshot(version: 2, color: 7))
        #expect(replica.version == 2 && replica.cells[0] == 7)
    }

    @Test("takes over a server that started with an empty canvas")
    func followsFreshServer() {
        var replica = Self.current(at: 500)
        #expect(replica.receive(.head(Self.head(version: 0, epoch: 2))) == [.fetchSnapshot])
        _ = replica.receive(Self.snapshot(version: 0, epoch: 2))
        #expect(replica.version == 0 && replica.epoch == 2)
    }

    @Test("asks once and waits for its owner after a refusal")
    func waitsAfterFailure() {
        var replica = Self.current(at: 5)
        _ = replica.receive(.frame(Self.run(8, 9, [])))
        #expect(replica.receive(.failed(Failure(.cooldown, "", retryAfterMs: 100))).isEmpty)
        #expect(replica.receive(.frame(Self.run(9, 10, []))).isEmpty)
        #expect(replica.isWaiting)
        #expect(replica.receive(.due) == [.fetchChanges(from: 5, epoch: 1)])
    }

    @Test("takes the snapshot that an answer about changes carries")
    func takesCarriedSnapshot() {
        var replica = Self.current(at: 5)
        _ = replica.receive(.subscribed(false))
        #expect(replica.receive(.due) == [.fetchChanges(from: 5, epoch: 1)])
        let base = [UInt8](repeating: 6, count: Self.size.cellCount)
        let pixel = Pixel(x: 0, y: 0, color: 1)
        let actions = replica.receive(.changes(Self.run(90, 91, [pixel]), base: base))
        #expect(actions == [.replaced, .changed([pixel], version: 91)])
        #expect(replica.isCurrent && replica.cells[1] == 6)
    }

    @Test("proves a new subscription by a fetch that was asked for after it")
    func provesSubscription() {
        var replica = Self.current(at: 5)
        _ = replica.receive(.subscribed(false))
        #expect(replica.receive(.due) == [.fetchChanges(from: 5, epoch: 1)])
        _ = replica.receive(.subscribed(true))
        let actions = replica.receive(.changes(Self.run(5, 5, []), base: nil))
        #expect(!replica.isCurrent)
        #expect(actions == [.fetchChanges(from: 5, epoch: 1)] || replica.isWaiting)
    }

    @Test("skips pixels that are off the canvas or of no color")
    func skipsImpossiblePixels() {
        var replica = Self.current(at: 5)
        let pixels = [
            Pixel(x: 4, y: 0, color: 1), Pixel(x: -1, y: 0, color: 1), Pixel(x: 0, y: 0, color: 32),
        ]
        #expect(replica.receive(.frame(Self.run(5, 8, pixels))) == [.changed([], version: 8)])
        #expect(replica.cells.allSatisfy { $0 == 0 })
    }

    @Test("holds a bounded number of frames and still arrives")
    func boundsHeldFrames() {
        var replica = CanvasReplica()
        _ = replica.receive(.head(Self.head(version: 0)))
        _ = replica.receive(.subscribed(true))
        let count = Version(10_000)
        for version in 0..<count {
            _ = replica.receive(.frame(Self.run(version, version + 1, [Pixel(x: 0, y: 0, color: 1)])))
        }
        let actions = replica.receive(Self.snapshot(version: 0))
        #expect(actions == [.replaced, .fetchChanges(from: 0, epoch: 1)])
        _ = replica.receive(.changes(Self.run(0, count, [Pixel(x: 0, y: 0, color: 2)]), base: nil))
        #expect(replica.isCurrent && replica.version == count)
    }
}
