import Client
import Protocol
import Stage
import Testing

/// Random histories: frames merged, dropped and delayed, fetches slow or refused, resets, lost subscriptions.
@Suite("A canvas replica under a random history")
struct CanvasReplicaHistoryTests {
    /// One run of server, wire and replica; the wire keeps the socket's order and loses what it likes.
    struct World {
        var canvas: ScriptedCanvas
        var replica = CanvasReplica()
        var random: SeededGenerator
        var socket: [CanvasReplica.Event] = []
        var answers: [CanvasReplica.Event] = []
        var seen: [UInt8] = []
        /// The epoch and version up to which frames were sent; nil without a subscription.
        var sent: (epoch: Int, version: Version)?
        var isFair = false

        init(seed: UInt64, size: CanvasSize) {
            canvas = ScriptedCanvas(size: size)
            random = SeededGenerator(seed: seed)
        }

        mutating func chance(_ percent: Int) -> Bool {
            Int.random(in: 0..<100, using: &random) < percent
        }

        mutating func deliver(_ event: CanvasReplica.Event) {
            for action in replica.receive(event) {
                switch action {
                case .changed(let pixels, _):
                    for pixel in pixels { seen[canvas.size.cell(x: pixel.x, y: pixel.y)] = pixel.color }
                case .replaced:
                    seen = replica.cells
                case .fetchSnapshot, .fetchChanges:
                    let refused = !isFair && chance(20)
                    let answer = refused ? .failed(Failure(.cooldown, "slow down")) : canvas.answer(action)
                    if let answer { answers.append(answer) }
                }
            }
            #expect(answers.count <= 1, "one fetch at a time")
        }

        mutating func connect() {
            socket = [.subscribed(false), .head(canvas.head), .subscribed(true)]
            sent = (canvas.epoch, canvas.version)
        }

        /// The server's tick: a frame of all since the last one, which may be lost on the way.
        mutating func publish() {
            guard let sent else { return }
            if sent.epoch != canvas.epoch {
                if isFair || !chance(30) {
                    socket.append(.reset(epoch: canvas.epoch, version: canvas.version))
                }
            } else if sent.version < canvas.version, isFair || !chance(15) {
                socket.append(.frame(canvas.frame(from: sent.version)))
            }
            self.sent = (canvas.epoch, canvas.version)
        }

        mutating func step() {
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<40: canvas.place(using: &random)
            case 40..<60: publish()
            case 60..<75: if !socket.isEmpty { deliver(socket.removeFirst()) }
            case 75..<85: if !answers.isEmpty { deliver(answers.removeFirst()) }
            case 85..<90: deliver(.due)
            case 90..<93: canvas.takeSnapshot()
            case 93..<95: canvas.forgetPool(before: sent?.version ?? canvas.version)
            case 95..<96: canvas.reset()
            case 96..<97: connect()
            default: if chance(30) { deliver(.subscribed(false)); sent = nil; socket = [] }
            }
        }

        /// From here on nothing is lost: the replica has to arrive.
        mutating func settle() {
            isFair = true
            connect()
            for _ in 0..<20 {
                canvas.place(using: &random)
                publish()
                while !socket.isEmpty { deliver(socket.removeFirst()) }
                while !answers.isEmpty { deliver(answers.removeFirst()) }
                if replica.isWaiting { deliver(.due) }
            }
        }
    }

    @Test("ends equal to the server", arguments: [0..<100, 100..<200, 200..<300])
    func endsEqual(seeds: Range<Int>) throws {
        let size = try #require(CanvasSize(width: 5, height: 4))
        for seed in seeds { endsEqual(seed: seed, size: size) }
    }

    private func endsEqual(seed: Int, size: CanvasSize) {
        var world = World(seed: UInt64(seed), size: size)
        world.seen = [UInt8](repeating: 0, count: size.cellCount)
        world.connect()
        for _ in 0..<600 {
            world.step()
            #expect(world.replica.cells.isEmpty || world.seen == world.replica.cells)
        }
        world.settle()
        #expect(world.replica.isCurrent, "seed \(seed)")
        #expect(world.replica.version == world.canvas.version)
        #expect(world.replica.epoch == world.canvas.epoch)
        #expect(world.replica.cells == world.canvas.cells, "seed \(seed)")
        #expect(world.seen == world.canvas.cells)
        #expect(world.replica.hash == CanvasHash(of: world.canvas.cells))
    }

    @Test("is the server's canvas at its version whenever it says it has one", arguments: [0..<50, 50..<100])
    func isNeverWrong(seeds: Range<Int>) throws {
        let size = try #require(CanvasSize(width: 5, height: 4))
        for seed in seeds { isNeverWrong(seed: seed, size: size) }
    }

    private func isNeverWrong(seed: Int, size: CanvasSize) {
        var world = World(seed: UInt64(seed), size: size)
        world.seen = [UInt8](repeating: 0, count: size.cellCount)
        world.connect()
        var history: [Version: [UInt8]] = [0: world.canvas.cells]
        for _ in 0..<600 {
            world.step()
            history[world.canvas.version] = world.canvas.cells
            guard let version = world.replica.version else { continue }
            #expect(world.replica.cells == history[version], "seed \(seed)")
        }
    }
}
