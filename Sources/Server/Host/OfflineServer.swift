import Engine
import Protocol
import Storage
import Transport

/// A server without sockets, for a host's command while none lives: the same rules on the same storage.
struct OfflineServer {
    private let database: Database
    private var engine: ServerEngine
    private var passedUs: Int64 = 0
    /// Turns without anything to do, after which a command is given up.
    private static let maxIdleTurns = 1_000

    /// Opens a data directory that a server made; its lock keeps others away meanwhile.
    init(_ configuration: ServerConfiguration) throws(StorageError) {
        let directory = configuration.dataDirectory
        guard Database.exists(in: directory) else {
            throw StorageError(.directory, "no server has ever kept its data in \(directory) (see --data)")
        }
        database = try Database(directory: directory)
        let assets = BuiltInAssets()
        let recovered = try database.recover(
            canvasSize: configuration.canvasSize, nowMs: WallClock.nowMs, stock: assets.stock)
        engine = ServerEngine(
            configuration: configuration.engine(palette: .standard, assets), recovered: recovered,
            at: Moment(monotonicUs: 0, wallMs: WallClock.nowMs))
    }

    /// Does a command; what it changes is durable on return.
    mutating func run(_ command: HostCommand) -> HostAnswer {
        defer { database.close() }
        let call = HostCallID(rawValue: 1)
        var inputs: [Input] = [.host(call, command)]
        var answer: HostAnswer?
        var idleTurns = 0
        while answer == nil, idleTurns < Self.maxIdleTurns {
            var effects: [Effect] = []
            engine.step(inputs, at: now, into: &effects)
            inputs = []
            for effect in effects {
                switch effect {
                case .answerHost(_, let given): answer = given
                case .commit(let id, let records): inputs.append(commit(id, records))
                case .query(let id, let query): inputs.append(.queryAnswered(id, database.answer(query)))
                case .takeSnapshot(let size, let epoch, let version, let cells):
                    let zlib = SnapshotCodec.deflate(cells)
                    let snapshot = SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: zlib)
                    inputs.append(.snapshotTaken(snapshot))
                default: break
                }
            }
            guard inputs.isEmpty else {
                idleTurns = 0
                continue
            }
            idleTurns += 1
            // Where nothing happens, the time comes that the engine waits for.
            guard let wakeUs = engine.nextWakeUs else { break }
            passedUs = max(passedUs, wakeUs)
            inputs = [.wake]
        }
        return answer ?? .refused(.internalError, "The command came to no end.")
    }

    private func commit(_ id: CommitID, _ records: [Record]) -> Input {
        do throws(StorageFault) {
            try database.commit(records)
            return .committed(id)
        } catch {
            return .commitFailed(id, error)
        }
    }

    /// Time passes as the engine waits for it, and no faster.
    private var now: Moment { Moment(monotonicUs: passedUs, wallMs: WallClock.nowMs) }
}
