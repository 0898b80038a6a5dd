import Engine
import Protocol

/// What is given to those who ask tells the truth, and spectators get it once a cooldown.
extension Auditor {
    mutating func wantSnapshot(_ version: Version, _ cells: [UInt8]) {
        blame(unless(!isTakingSnapshot, .oneAtATime, "two snapshots"))
        isTakingSnapshot = true
        checkSnapshot(version, cells)
    }

    mutating func checkSnapshot(_ version: Version, _ cells: [UInt8]) {
        guard version <= history.version else {
            blame(unless(false, .durableFirst, "a snapshot of \(version) at \(history.version)"))
            return
        }
        if let known = served[version] {
            blame(unless(known == cells, .trueSnapshots, "the snapshot of \(version)"))
        } else {
            let truth = history.cells(at: version)
            blame(unless(truth == cells, .trueSnapshots, "the snapshot of \(version)"))
            served = [version: truth]
        }
    }

    mutating func checkTouched(_ answer: TouchedAnswer) {
        guard answer.version <= history.version else {
            blame(unless(false, .durableFirst, "a mask of \(answer.version) at \(history.version)"))
            return
        }
        checkHead(epoch: answer.epoch, size: answer.size, version: answer.version)
        let epoch = history.epoch(at: answer.version)
        guard answer.size == epoch.size else { return }
        var truth = CellMask(size: epoch.size)
        for change in history.stretch(from: epoch.firstVersion, to: answer.version) {
            truth[change.cell] = true
        }
        blame(unless(answer.zlib == truth.bytes, .trueMasks, "the mask of \(answer.version)"))
    }

    mutating func checkChanges(_ answer: ChangesAnswer, _ from: Version, _ to: Version?) {
        let run = answer.run
        blame(unless(run.to <= history.version, .durableFirst, "changes to \(run.to) at \(history.version)"))
        guard run.to <= history.version, run.from >= 0, run.from <= run.to else { return }
        guard let width = width(of: run) else { return }
        let truth = history.stretch(from: run.from, to: run.to).map {
            Pixel(x: $0.cell % width, y: $0.cell / width, color: $0.color)
        }
        blame(unless(run.pixels == truth, .trueFrames, "changes from \(run.from) to \(run.to)"))
        if let snapshot = answer.snapshot {
            blame(unless(run.from > from, .trueFrames, "a snapshot of \(run.from) for changes from \(from)"))
            checkSnapshot(run.from, snapshot)
        } else {
            blame(
                unless(
                    run.from == from && run.to == to ?? run.to, .trueFrames, "changes that weren't asked for")
            )
        }
    }

    mutating func give(_ kind: String, _ watcher: String, _ givenUs: Int64) {
        // What was given before the cooldown changed counts no more.
        guard givenUs > hosting.cooledUs else { return }
        let key = "\(kind) \(watcher)"
        if let last = given[key] {
            blame(
                unless(
                    givenUs - last >= cooldownMs * 1000, .cooldown,
                    "\(key) after \((givenUs - last) / 1000) ms"))
        }
        given[key] = givenUs
    }
}
