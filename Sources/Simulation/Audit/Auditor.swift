public import Engine
import Protocol

/// Holds everything that reaches the disk or leaves the server against what must always hold.
public struct Auditor: Sendable {
    /// The first broken invariant.
    public private(set) var violation: Violation?
    /// What it has seen.
    public private(set) var tally = Outcome.Tally()

    private let size: CanvasSize
    private let cooldownMs: Int64
    var history: History
    private var placements: RateLaw<Identifier>
    private var acknowledged: Version = 0
    private var generations: [Identifier: Int] = [:]
    private var feeds: [ConnectionID: (version: Version, isOn: Bool)] = [:]
    private var feedOrder: [ConnectionID] = []
    private var served: [Version: [UInt8]] = [:]
    private var given: [String: Int64] = [:]
    private var open: Set<RequestID> = []
    private var isCommitting = false
    private var isTakingSnapshot = false
    private var quiet: (version: Version, cells: [UInt8])?
    private var nowUs: Int64 = 0

    /// Takes the rules that are to hold.
    public init(_ configuration: EngineConfiguration) {
        size = configuration.canvasSize
        cooldownMs = Int64(configuration.spectatorCooldownMs)
        history = History(cellCount: configuration.canvasSize.cellCount)
        placements = RateLaw(
            perSecond: configuration.placeRate.perSecond, burst: configuration.placeRate.burst)
    }

    /// Looks at one thing that happened.
    public mutating func observe(_ observation: Observation, atUs: Int64) {
        nowUs = atUs
        switch observation {
        case .commit(let isUnderWay):
            check(!(isUnderWay && isCommitting), .oneAtATime, "two commits")
            isCommitting = isUnderWay
        case .kept(let records):
            for record in records { keep(record) }
        case .showed(let version):
            check(version <= history.version, .durableFirst, "\(version) was shown at \(history.version)")
        case .acknowledged(let placed, let account, let pixel):
            acknowledge(placed, account, pixel)
        case .signedIn(let session, let generation):
            generations[session] = generation
        case .subscribed(let connection, let version): subscribe(connection, version)
        case .plays(let connection, let version):
            if feeds[connection] == nil {
                feeds[connection] = (version, false)
                feedOrder.append(connection)
            }
        case .unsubscribed(let connection): feeds[connection]?.isOn = false
        case .ended(let connection):
            feeds[connection] = nil
            feedOrder.removeAll { $0 == connection }
        case .published(let run): publish(run)
        case .merged(let connection, let run):
            tally.mergedFrames += 1
            checkFrame(run)
            follow(connection, run)
        case .snapshotWanted(let version, let cells): wantSnapshot(version, cells)
        case .snapshotEnded: isTakingSnapshot = false
        case .snapshotGiven(let snapshot): checkSnapshot(snapshot.version, snapshot.zlib)
        case .changesGiven(let answer, let from, let to): checkChanges(answer, from, to)
        case .spectatorGiven(let kind, let watcher, let givenUs): give(kind, watcher, givenUs)
        case .asked(let id): open.insert(id)
        case .answered(let id): check(open.remove(id) != nil, .oneAnswer, "request \(id.rawValue)")
        case .wakePlanned(let wakeUs):
            check(wakeUs > nowUs, .sparseWakes, "a wake-up \(nowUs - wakeUs) us ago")
        case .behind(let connection, let sinceUs):
            let limitUs = Int64(Limits.maxCongestedMs + 1_000) * 1000
            check(nowUs - sinceUs <= limitUs, .slowReaders, "connection \(connection.rawValue)")
        case .carried(let isSame, let what): check(isSame, .sameWords, what)
        case .restarted(let recovered, let version, let cells): restart(recovered, version, cells)
        case .quiet(let version, let cells):
            quiet = (version, cells)
            compare("the server", version, cells, to: (history.version, history.cells(at: history.version)))
        case .replica(let name, let version, let cells):
            if let quiet { compare(name, version, cells, to: quiet) }
        }
    }

    private mutating func check(
        _ holds: Bool, _ invariant: Violation.Invariant, _ detail: String
    ) {
        guard !holds, violation == nil else { return }
        violation = Violation(invariant: invariant, detail: detail, atUs: nowUs)
    }
}

extension Auditor {
    private mutating func keep(_ record: Record) {
        guard case .change(let change) = record else { return }
        check(
            change.version == history.version + 1, .gaplessVersions,
            "\(change.version) was kept after \(history.version)")
        guard change.version == history.version + 1 else { return }
        tally.versions += 1
        if change.undoes != nil { tally.undos += 1 }
        let breach = history.add(change)
        check(breach == nil, .lawfulUndo, "version \(change.version) is an undo \(breach ?? "")")
        let isWithinRate = placements.add(change.account, atMs: change.atMs)
        check(isWithinRate, .rate, "version \(change.version) by \(change.account)")
    }

    private mutating func acknowledge(_ placed: PlacedAnswer, _ account: Identifier, _ pixel: Pixel?) {
        tally.acknowledged += 1
        acknowledged = max(acknowledged, placed.version)
        guard let change = history[placed.version] else {
            check(false, .durableFirst, "\(placed.version) was acknowledged at \(history.version)")
            return
        }
        check(change.account == account, .keptAcknowledged, "\(placed.version) is another's")
        if let pixel {
            let isThat = change.cell == size.cell(x: pixel.x, y: pixel.y) && change.color == pixel.color
            check(isThat && change.undoes == nil, .keptAcknowledged, "\(placed.version) is another pixel")
        } else {
            check(change.undoes != nil, .keptAcknowledged, "\(placed.version) is no undo")
        }
    }

    private mutating func subscribe(_ connection: ConnectionID, _ version: Version) {
        if let feed = feeds[connection] {
            check(
                feed.version == version, .joiningFrames,
                "connection \(connection.rawValue) goes on at \(version) from \(feed.version)")
        } else {
            feedOrder.append(connection)
        }
        feeds[connection] = (version, true)
    }

    private mutating func publish(_ run: PixelRun) {
        tally.frames += 1
        checkFrame(run)
        for connection in feedOrder where feeds[connection]?.isOn == true { follow(connection, run) }
    }

    private mutating func follow(_ connection: ConnectionID, _ run: PixelRun) {
        guard let feed = feeds[connection] else {
            check(false, .joiningFrames, "connection \(connection.rawValue) gets frames unasked")
            return
        }
        check(
            run.from == feed.version, .joiningFrames,
            "connection \(connection.rawValue) is at \(feed.version), its frame from \(run.from)")
        feeds[connection]?.version = run.to
    }

    private mutating func checkFrame(_ run: PixelRun) {
        check(run.to <= history.version, .durableFirst, "a frame to \(run.to) at \(history.version)")
        guard run.to <= history.version, run.from >= 0, run.from < run.to else {
            check(run.from < run.to, .trueFrames, "a frame from \(run.from) to \(run.to)")
            return
        }
        let truth = history.merged(from: run.from, to: run.to).map {
            Pixel(x: $0.cell % size.width, y: $0.cell / size.width, color: $0.color)
        }
        check(run.pixels == truth, .trueFrames, "the frame from \(run.from) to \(run.to)")
    }

    private mutating func wantSnapshot(_ version: Version, _ cells: [UInt8]) {
        check(!isTakingSnapshot, .oneAtATime, "two snapshots")
        isTakingSnapshot = true
        checkSnapshot(version, cells)
    }

    private mutating func checkSnapshot(_ version: Version, _ cells: [UInt8]) {
        guard version <= history.version else {
            check(false, .durableFirst, "a snapshot of \(version) at \(history.version)")
            return
        }
        if let known = served[version] {
            check(known == cells, .trueSnapshots, "the snapshot of \(version)")
        } else {
            let truth = history.cells(at: version)
            check(truth == cells, .trueSnapshots, "the snapshot of \(version)")
            served = [version: truth]
        }
    }

    private mutating func checkChanges(_ answer: ChangesAnswer, _ from: Version, _ to: Version?) {
        let run = answer.run
        check(run.to <= history.version, .durableFirst, "changes to \(run.to) at \(history.version)")
        guard run.to <= history.version, run.from >= 0, run.from <= run.to else { return }
        let truth = history.changes[Int(run.from)..<Int(run.to)].map {
            Pixel(x: $0.cell % size.width, y: $0.cell / size.width, color: $0.color)
        }
        check(run.pixels == truth, .trueFrames, "changes from \(run.from) to \(run.to)")
        if let snapshot = answer.snapshot {
            check(run.from > from, .trueFrames, "a snapshot of \(run.from) for changes from \(from)")
            checkSnapshot(run.from, snapshot)
        } else {
            check(run.from == from && run.to == to ?? run.to, .trueFrames, "changes that weren't asked for")
        }
    }

    private mutating func give(_ kind: String, _ watcher: String, _ givenUs: Int64) {
        let key = "\(kind) \(watcher)"
        if let last = given[key] {
            check(
                givenUs - last >= cooldownMs * 1000, .cooldown, "\(key) after \((givenUs - last) / 1000) ms")
        }
        given[key] = givenUs
    }

    private mutating func restart(_ recovered: RecoveredState, _ version: Version, _ cells: [UInt8]) {
        tally.restarts += 1
        check(version >= acknowledged, .keptAcknowledged, "\(acknowledged) is lost, \(version) is the last")
        for session in recovered.sessions {
            guard let generation = generations.removeValue(forKey: session.id) else { continue }
            check(session.generation >= generation, .keptAcknowledged, "a refresh of \(session.id) is lost")
        }
        check(generations.isEmpty, .keptAcknowledged, "a sign-in is lost")
        for session in recovered.sessions { generations[session.id] = session.generation }
        compare("the start", version, cells, to: (history.version, history.cells(at: history.version)))
        placements.forget()
        feeds = [:]
        feedOrder = []
        given = [:]
        open = []
        isCommitting = false
        isTakingSnapshot = false
    }

    private mutating func compare(
        _ name: String, _ version: Version?, _ cells: [UInt8], to truth: (version: Version, cells: [UInt8])
    ) {
        tally.comparisons += 1
        check(
            version == truth.version, .equalReplicas,
            "\(name) is at \(version.map(String.init) ?? "nothing"), not \(truth.version)")
        check(cells == truth.cells, .equalReplicas, "\(name) shows other cells at \(truth.version)")
    }

    /// Counts what only the world sees.
    mutating func count(_ change: (inout Outcome.Tally) -> Void) { change(&tally) }
}
