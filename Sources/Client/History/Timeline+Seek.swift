public import Protocol

// Going somewhere.
extension Timeline {
    /// What making a canvas the present one costs, in changes made: a copy of its cells.
    private var keyframeCost: Version { Version(size.cellCount / 32) + 1 }

    /// Goes to a version, or says what that lacks; a version outside of `versions` is taken as the nearest one.
    public mutating func seek(to wanted: Version) -> Seek {
        let target = min(max(wanted, versions.lowerBound), versions.upperBound)
        focus = target
        guard target != version else { return .arrived(changed: []) }
        let directCost = costOfWalking(to: target)
        let keyframe = keyframes.last { $0.version <= target && coverage(after: $0.version) >= target }
        if let keyframe, target - keyframe.version + keyframeCost < directCost ?? .max {
            version = keyframe.version
            cells = keyframe.cells
            _ = walk(to: target)
            keepOnTheWay()
            return .arrived(changed: nil)
        }
        guard directCost != nil else { return .needs(need(for: target)) }
        let changed = walk(to: target)
        keepOnTheWay()
        return .arrived(changed: changed)
    }

    /// The last version that changes in memory lead to, one after the other, from a version.
    public func coverage(after version: Version) -> Version {
        var end = version
        for stretch in stretches where stretch.to > end {
            guard stretch.from <= end else { break }
            end = stretch.to
        }
        return end
    }

    /// How many changes lie between here and there; nil where one of them isn't in memory.
    private func costOfWalking(to target: Version) -> Version? {
        if target > version { return coverage(after: version) >= target ? target - version : nil }
        guard coverage(after: target) >= version else { return nil }
        let isKnown = stretches.allSatisfy {
            $0.to <= target || $0.from >= version || $0.knowsBeneath(from: target, to: version)
        }
        return isKnown ? version - target : nil
    }

    /// Makes or takes back every change between here and there; all of them are in memory.
    ///
    /// - Returns: the cells they are about.
    private mutating func walk(to target: Version) -> [UInt32] {
        var changed: [UInt32] = []
        changed.reserveCapacity(Int(abs(target - version)))
        if target > version {
            for index in stretches.indices
            where stretches[index].to > version && stretches[index].from < target {
                let range = stretches[index].advance(&cells, from: version, to: target)
                changed.append(contentsOf: stretches[index].cells[range])
            }
        } else {
            for stretch in stretches.reversed() where stretch.to > target && stretch.from < version {
                let range = stretch.retreat(&cells, from: target, to: version)
                changed.append(contentsOf: stretch.cells[range])
            }
        }
        version = target
        return changed
    }

    /// Keeps the canvas where none is kept nearby, so that jumping back is short.
    private mutating func keepOnTheWay() {
        let isNearOne = keyframes.contains { abs($0.version - version) < memory.keyframeStretch }
        guard !isNearOne, let atMs = timeMs(of: version) else { return }
        keep(Keyframe(version: version, atMs: atMs, cells: cells))
    }

    /// What leads to a version with the least: a page that goes on from what is there, where that is enough,
    /// else the canvas itself.
    private func need(for target: Version) -> Need {
        let bases = keyframes.map(\.version) + [version]
        guard let base = bases.filter({ $0 <= target }).max() else { return .state(target) }
        let start = coverage(after: base)
        let page = max(1, min(memory.pageChanges, Limits.maxHistoryChanges))
        guard start < target, target - start <= Version(page) else { return .state(target) }
        let room = stretches.first { $0.from > start }.map { Int($0.from - start) } ?? .max
        return .page(after: start, limit: min(page, room))
    }
}
