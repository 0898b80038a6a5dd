public import Protocol

/// An epoch of a canvas on which one can go to any version, forward and back: pure, fed from outside.
///
/// `seek` goes where the changes in memory lead and says otherwise what it lacks; whoever fetched that hands it
/// to `take` and seeks again. Changes and whole canvases (keyframes) are kept up to a bound, those farthest from
/// where it stands going first.
public struct Timeline: Sendable {
    /// What is kept at most.
    public struct Memory: Hashable, Sendable {
        /// Changes, of about 30 bytes each.
        public var maxChanges = 1_000_000
        /// Bytes of whole canvases; one is kept in any case.
        public var maxKeyframeBytes = 48 * 1024 * 1024
        /// Versions between two canvases that are kept on the way.
        public var keyframeStretch: Version = 10_000
        /// Changes in a page that is asked for.
        public var pageChanges = Limits.standardHistoryChanges

        /// The standard bounds.
        public init() {}
    }

    /// What a timeline lacks to get somewhere.
    public enum Need: Hashable, Sendable {
        /// The canvas at a version.
        case state(Version)
        /// The changes after a version, so many at most.
        case page(after: Version, limit: Int)
    }

    /// What was fetched for it.
    public enum Supply: Hashable, Sendable {
        case state(HistoryCanvas)
        case page(HistoryPage)
    }

    /// What a seek came to.
    public enum Seek: Hashable, Sendable {
        /// It stands there now. These cells have perhaps other colors, some of them named twice; nil where all
        /// may have.
        case arrived(changed: [UInt32]?)
        /// It stands where it stood.
        case needs(Need)
    }

    struct Keyframe: Sendable {
        var version: Version
        var atMs: Int64
        var cells: [UInt8]
    }

    /// The epoch.
    public let epoch: Int
    /// Its canvas's size.
    public let size: CanvasSize
    /// The first and the last version that can be gone to, as far as is known.
    public internal(set) var versions: ClosedRange<Version>
    /// Where it stands.
    public internal(set) var version: Version
    /// The cells there, row by row.
    public internal(set) var cells: [UInt8]

    let memory: Memory
    /// Where it was last wished to be: what is far from there goes first.
    var focus: Version
    /// Sorted, none reaching into another.
    var stretches: [HistoryStretch] = []
    /// Sorted by version.
    var keyframes: [Keyframe] = []

    /// Starts at a canvas of an epoch.
    ///
    /// - Parameter versions: those of the epoch that are kept.
    public init(_ state: HistoryCanvas, versions: ClosedRange<Version>, memory: Memory = Memory()) {
        precondition(versions.contains(state.version), "a timeline starts on itself")
        epoch = state.epoch
        size = state.size
        version = state.version
        focus = state.version
        cells = state.cells
        self.versions = versions
        self.memory = memory
        keyframes = [Keyframe(version: state.version, atMs: state.atMs, cells: state.cells)]
    }

    /// Takes what was fetched; false where it belongs to another canvas.
    @discardableResult
    public mutating func take(_ supply: Supply) -> Bool {
        switch supply {
        case .state(let state): take(state)
        case .page(let page): take(page)
        }
    }

    /// More versions came to be since; only the running epoch has any.
    public mutating func extend(through version: Version) {
        guard version > versions.upperBound else { return }
        versions = versions.lowerBound...version
    }

    /// The last version that it could go to from where it stands without anything new.
    public var coveredThrough: Version { coverage(after: version) }

    /// The first version from which changes in memory lead to where it stands.
    public var coveredFrom: Version {
        var start = version
        for stretch in stretches.reversed() where stretch.from < start {
            guard stretch.to >= start else { break }
            start = stretch.from
        }
        return start
    }

    /// When a version was made, in milliseconds since 1970; nil where nothing in memory tells.
    public func timeMs(of version: Version) -> Int64? {
        if let stretch = stretches.first(where: { $0.from < version && version <= $0.to }) {
            return stretch.timesMs[Int(version - stretch.from) - 1]
        }
        return keyframes.first { $0.version == version }?.atMs
    }

    // MARK: What is kept

    private mutating func take(_ state: HistoryCanvas) -> Bool {
        guard state.epoch == epoch, state.size == size else { return false }
        keep(Keyframe(version: state.version, atMs: state.atMs, cells: state.cells))
        return true
    }

    private mutating func take(_ page: HistoryPage) -> Bool {
        guard page.epoch == epoch else { return false }
        if page.changes.isEmpty {
            // The epoch ends here, whatever was thought of it.
            if page.from < versions.upperBound {
                versions = min(versions.lowerBound, page.from)...page.from
            }
            return true
        }
        guard let stretch = HistoryStretch(page, size: size) else { return false }
        extend(through: stretch.to)
        insert(stretch)
        dropFarStretches()
        return true
    }

    /// Adds the parts of a stretch that aren't there yet.
    private mutating func insert(_ stretch: HistoryStretch) {
        var parts: [HistoryStretch] = []
        var low = stretch.from
        for known in stretches where known.to > stretch.from && known.from < stretch.to {
            if low < known.from, let part = stretch.clipped(to: low...known.from) { parts.append(part) }
            low = max(low, known.to)
        }
        if low < stretch.to, let part = stretch.clipped(to: low...stretch.to) { parts.append(part) }
        stretches.append(contentsOf: parts)
        stretches.sort { $0.from < $1.from }
    }

    private mutating func dropFarStretches() {
        var count = stretches.reduce(0) { $0 + $1.count }
        while count > memory.maxChanges, let first = stretches.first, let last = stretches.last {
            let isFirstFarther = focus - first.to > last.from - focus
            count -= isFirstFarther ? first.count : last.count
            if isFirstFarther { stretches.removeFirst() } else { stretches.removeLast() }
        }
    }

    /// Keeps a canvas, and forgets those farthest away where there are too many.
    mutating func keep(_ keyframe: Keyframe) {
        let index = keyframes.firstIndex { $0.version >= keyframe.version } ?? keyframes.count
        if index < keyframes.count, keyframes[index].version == keyframe.version { return }
        keyframes.insert(keyframe, at: index)
        let most = max(1, memory.maxKeyframeBytes / max(1, size.cellCount))
        while keyframes.count > most {
            let first = keyframes[0]
            let last = keyframes[keyframes.count - 1]
            let isFirstFarther =
                abs(first.version - keyframe.version) > abs(last.version - keyframe.version)
            if isFirstFarther { keyframes.removeFirst() } else { keyframes.removeLast() }
        }
    }
}
