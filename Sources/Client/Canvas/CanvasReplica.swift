public import Protocol

/// A client's copy of the canvas: subscribe first, fetch second, replay by version.
///
/// Pure: events go in, actions come out; it holds no socket and no clock. The rules:
/// - A run whose `from ≤ version < to` is applied whole and leads to `to`. A cell that changed in
///   `(from, to]` gets its color at `to`, and a cell that didn't change there is the same at `version` and at
///   `to`, so an overlap does no harm. A run with `to ≤ version` is old news. One with `from > version` shows
///   a gap: it is kept, and the changes from `version` on are fetched.
/// - Versions never fall, not even over a reset, so of two epochs the one with the higher version is the newer.
/// - After each new subscription one fetch of changes proves that nothing fell between the last state and the
///   first frame; a frame that joins proves it too.
/// - At most one fetch is under way. For each `.fetch…` action the owner says exactly once how it went:
///   `.snapshot`, `.changes` or `.failed`. After `.failed`, or an answer that didn't help, nothing is asked
///   until `.due`; the owner decides how long to wait and looks at `isWaiting`.
public struct CanvasReplica: Sendable {
    /// Columns and rows; nil until the first cells.
    public private(set) var size: CanvasSize?
    /// The palette indexes, row by row; empty until the first snapshot.
    public private(set) var cells: [UInt8] = []
    /// The version that the cells show; nil while there are none to rely on.
    public private(set) var version: Version?
    /// The epoch that the cells belong to.
    public private(set) var epoch: Int?
    /// The running hash of the cells.
    public private(set) var hash = CanvasHash(of: [])

    /// The newest state heard of, whether or not the cells show it yet.
    private var target: (epoch: Int, version: Version)?
    /// Whether a server was ever heard.
    private var hasServer = false
    private var colorCount = Limits.maxPaletteColors
    private var held = HeldRuns()
    private var isSubscribed = false
    /// Whether something may be missing that no frame would show.
    private var isUnproven = false
    private var underWay: Fetch?
    private var waitsForDue = false

    private enum Need { case nothing, changes, snapshot }
    private struct Fetch {
        var need: Need
        /// Whether it was asked after the subscription began, so that its answer closes the hole before it.
        var provesSubscription: Bool
        /// The epoch that changes were asked of; nil for a snapshot.
        var epoch: Int?
    }

    /// What can happen to a replica.
    public enum Event: Sendable {
        /// A socket is open (`welcome`), or the canvas's head was fetched.
        case head(CanvasHead)
        /// From here on frames come (playing or queued), or come no more.
        case subscribed(Bool)
        /// A `pixels` message.
        case frame(PixelRun)
        /// A `canvas_reset` message; without a size that can be, the cells are fetched.
        case reset(epoch: Int, version: Version, size: CanvasSize? = nil)
        /// The answer to `.fetchSnapshot`, inflated.
        case snapshot(size: CanvasSize, epoch: Int, version: Version, cells: [UInt8])
        /// The answer to `.fetchChanges`; `base` are the inflated cells at `run.from`, where it carried them.
        case changes(PixelRun, base: [UInt8]?)
        /// The fetch under way gave no answer.
        case failed(Failure)
        /// The wait is over: ask for what is missing, or without a subscription for what is new.
        case due
    }

    /// What a replica wants done.
    public enum Action: Hashable, Sendable {
        case fetchSnapshot
        case fetchChanges(from: Version, epoch: Int)
        /// These cells have new colors, in order; the replica is at `version` now.
        case changed([Pixel], version: Version)
        /// All cells are new: read them from the replica.
        case replaced
    }

    /// Starts with nothing.
    public init() {}

    /// Whether the cells show the newest state heard of, with no gap behind.
    public var isCurrent: Bool { need == .nothing }

    /// Whether a fetch is wanted that only `.due` sets off.
    public var isWaiting: Bool { underWay == nil && waitsForDue && need != .nothing }

    /// Whether frames are expected.
    public var isLive: Bool { isSubscribed }

    /// Takes an event and says what to do.
    public mutating func receive(_ event: Event) -> [Action] {
        var actions: [Action] = []
        switch event {
        case .head(let head):
            hear(head)
        case .subscribed(let subscribed):
            subscribe(subscribed)
        case .frame(let run):
            take(run, into: &actions)
        case .reset(let epoch, let version, let size):
            begin(epoch: epoch, version: version, size: size, into: &actions)
        case .snapshot(let size, let epoch, let version, let cells):
            finishFetch { replica in
                replica.adopt(size: size, epoch: epoch, version: version, cells: cells, into: &actions)
            }
        case .changes(let run, let base):
            finishFetch { replica in replica.take(run, base: base, into: &actions) }
        case .failed(let failure):
            fail(failure)
        case .due:
            waitsForDue = false
            ask(evenWithoutNeed: !isSubscribed, into: &actions)
        }
        ask(evenWithoutNeed: false, into: &actions)
        return actions
    }
}

extension CanvasReplica {
    private var need: Need {
        guard let version, let epoch, let target, target.epoch == epoch else { return .snapshot }
        return !held.isEmpty || version < target.version || isUnproven ? .changes : .nothing
    }

    private mutating func ask(evenWithoutNeed: Bool, into actions: inout [Action]) {
        guard underWay == nil, !waitsForDue else { return }
        switch need {
        case .nothing where !evenWithoutNeed: return
        case .snapshot:
            // Without a head no connection was ever made, and nobody could answer.
            guard hasServer || evenWithoutNeed else { return }
            underWay = Fetch(need: .snapshot, provesSubscription: false)
            actions.append(.fetchSnapshot)
        case .nothing, .changes:
            guard let version, let epoch else { return }
            underWay = Fetch(need: .changes, provesSubscription: isSubscribed, epoch: epoch)
            actions.append(.fetchChanges(from: version, epoch: epoch))
        }
    }

    /// Ends the fetch under way; if its answer led nowhere, the next one waits for `.due`.
    private mutating func finishFetch(_ use: (inout CanvasReplica) -> Void) {
        let before = (version, epoch, need)
        let fetch = underWay
        underWay = nil
        // Without a subscription nothing proves more than an answer that was asked for after the snapshot.
        if let fetch, fetch.need == .changes, fetch.provesSubscription || !isSubscribed { isUnproven = false }
        use(&self)
        waitsForDue = need != .nothing && before == (version, epoch, need)
    }

    private mutating func fail(_ failure: Failure) {
        let fetch = underWay
        underWay = nil
        waitsForDue = true
        // A canvas that began while changes of the one before were asked for is known already.
        if failure.code == .epochChanged, let asked = fetch?.epoch, let epoch, asked != epoch {
            waitsForDue = false
            return
        }
        switch failure.code {
        case .epochChanged, .versionAhead:
            // A new canvas, or a server put back to an older state: the snapshot tells which.
            forget()
            waitsForDue = false
        default:
            break
        }
    }

    /// Stops relying on the cells, which stay in view until others come.
    private mutating func forget() {
        version = nil
        epoch = nil
        target = nil
        held.removeAll()
    }

    private mutating func subscribe(_ subscribed: Bool) {
        if subscribed, !isSubscribed {
            isUnproven = true
            underWay?.provesSubscription = false
        } else if !subscribed {
            // What the next subscription brings need not join to these.
            held.removeAll()
        }
        isSubscribed = subscribed
    }

    private mutating func hear(_ head: CanvasHead) {
        hasServer = true
        colorCount = head.palette.count
        if let version, head.epoch == epoch, head.version < version { isUnproven = true }
        // A head of another epoch that isn't newer: a server started over. Ask it anew for everything.
        if !hear(epoch: head.epoch, version: head.version) { forget() }
    }

    /// Notes the newest state heard of; returns false for one that is older than another epoch's.
    @discardableResult
    private mutating func hear(epoch: Int, version: Version) -> Bool {
        guard let known = target else {
            target = (epoch, version)
            return true
        }
        if known.epoch == epoch {
            target = (epoch, max(known.version, version))
            return true
        }
        guard version > known.version else { return false }
        target = (epoch, version)
        held.keep { $0.epoch == epoch }
        return true
    }

    /// Begins with a blank canvas: it needs no fetch, and what comes next on the socket joins to it.
    private mutating func begin(
        epoch: Int, version: Version, size: CanvasSize?, into actions: inout [Action]
    ) {
        guard hear(epoch: epoch, version: version), let size, self.epoch != epoch else { return }
        let blank = [UInt8](repeating: 0, count: size.cellCount)
        replace(size: size, epoch: epoch, version: version, cells: blank, into: &actions)
        applyHeld(into: &actions)
    }

    /// Applies a run, or keeps it until what lies before it is there.
    private mutating func take(_ run: PixelRun, into actions: inout [Action]) {
        guard hear(epoch: run.epoch, version: run.to) else { return }
        guard let version, run.epoch == epoch else { return held.insert(run) }
        guard run.to > version else { return }
        guard run.from <= version else { return held.insert(run) }
        join(run, into: &actions)
        applyHeld(into: &actions)
    }

    private mutating func take(_ run: PixelRun, base: [UInt8]?, into actions: inout [Action]) {
        if let base, let size, run.epoch == epoch, let version, version < run.from {
            replace(size: size, epoch: run.epoch, version: run.from, cells: base, into: &actions)
        }
        guard hear(epoch: run.epoch, version: run.to), let version, run.epoch == epoch else { return }
        if run.from <= version, run.to > version { apply(run, into: &actions) }
        applyHeld(into: &actions)
    }

    private mutating func adopt(
        size: CanvasSize, epoch: Int, version: Version, cells: [UInt8], into actions: inout [Action]
    ) {
        guard hear(epoch: epoch, version: version) else { return }
        if let own = self.version, self.epoch == epoch, own >= version { return }
        // A snapshot is older than the present, and only a fetch of changes shows by how much.
        isUnproven = true
        replace(size: size, epoch: epoch, version: version, cells: cells, into: &actions)
        applyHeld(into: &actions)
    }

    private mutating func replace(
        size: CanvasSize, epoch: Int, version: Version, cells: [UInt8], into actions: inout [Action]
    ) {
        guard cells.count == size.cellCount, cells.allSatisfy({ $0 < colorCount }) else { return }
        self.size = size
        self.epoch = epoch
        self.version = version
        self.cells = cells
        hash = CanvasHash(of: cells)
        actions.append(.replaced)
    }

    private mutating func applyHeld(into actions: inout [Action]) {
        while let version, let run = held.first {
            if run.epoch == epoch, run.to > version {
                guard run.from <= version else { return }
                join(run, into: &actions)
            } else if run.epoch != epoch {
                return
            }
            held.removeFirst()
        }
    }

    /// Applies a frame.
    ///
    /// Frames come without a gap from the subscription on, so one that joins leaves nothing
    /// missing behind it.
    private mutating func join(_ frame: PixelRun, into actions: inout [Action]) {
        if isSubscribed { isUnproven = false }
        apply(frame, into: &actions)
    }

    private mutating func apply(_ run: PixelRun, into actions: inout [Action]) {
        guard let size else { return }
        let pixels = run.pixels.filter { size.contains(x: $0.x, y: $0.y) && $0.color < colorCount }
        for pixel in pixels {
            let cell = size.cell(x: pixel.x, y: pixel.y)
            hash.replace(cell: cell, from: cells[cell], to: pixel.color)
            cells[cell] = pixel.color
        }
        version = run.to
        actions.append(.changed(pixels, version: run.to))
    }
}
