import Engine
import Protocol

/// What becomes durable: versions without gaps, lawful undos, no rate beaten, nothing acknowledged too early.
extension Auditor {
    mutating func keep(_ records: [Record]) {
        relays.begin()
        for record in records {
            if case .change(let change) = record {
                keep(change)
            } else if case .knob(let knob) = record {
                keep(knob)
            } else if !keepCanvas(record), !keepEconomy(record), !keepGame(record) {
                keepSignIn(record)
            }
        }
        settleRollbacks(records)
        settlePoints()
        settleScores()
        settleFlags()
        keepAudits(records)
        checkAudit(records)
    }

    private mutating func keep(_ change: ChangeRecord) {
        let isNext = change.version == history.version + 1
        blame(unless(isNext, .gaplessVersions, "\(change.version) was kept after \(history.version)"))
        guard isNext else { return }
        let changedUs = madeUs.removeValue(forKey: change.version) ?? verdict.nowUs
        verdict.tally.versions += 1
        if change.undoes != nil, change.rollback == nil { verdict.tally.undos += 1 }
        judge(change)
        let breach = history.add(change, madeUs: changedUs)
        blame(unless(breach == nil, .lawfulUndo, "version \(change.version) is an undo \(breach ?? "")"))
        if change.rollback != nil { return }
        let isWithinRate = placements.add(change.account, atMs: changedUs / 1000)
        blame(unless(isWithinRate, .rate, "version \(change.version) by \(change.account)"))
    }

    /// Notes when versions were made that no disk has kept yet.
    mutating func noteHead(_ version: Version) {
        guard version != headVersion else { return }
        if version > headVersion {
            for made in (headVersion + 1)...version { madeUs[made] = verdict.nowUs }
        } else {
            madeUs = madeUs.filter { $0.key <= version }
        }
        headVersion = version
    }

    mutating func acknowledge(_ placed: PlacedAnswer, _ account: Identifier, _ pixel: Pixel?) {
        verdict.tally.acknowledged += 1
        acknowledged = max(acknowledged, placed.version)
        guard let change = history[placed.version] else {
            blame(unless(false, .durableFirst, "\(placed.version) was acknowledged at \(history.version)"))
            return
        }
        blame(unless(change.account == account, .keptAcknowledged, "\(placed.version) is another's"))
        blame(
            unless(
                placed.epoch == history.epoch(at: placed.version).epoch, .freshEpochs,
                "\(placed.version) is acknowledged in epoch \(placed.epoch)"))
        if let pixel {
            let isThat =
                change.cell == history.epoch(at: placed.version).size.cell(x: pixel.x, y: pixel.y)
                && change.color == pixel.color
            blame(
                unless(
                    isThat && change.undoes == nil, .keptAcknowledged, "\(placed.version) is another pixel"))
        } else {
            blame(unless(change.undoes != nil, .keptAcknowledged, "\(placed.version) is no undo"))
        }
    }

    mutating func compare(
        _ name: String, _ version: Version?, _ cells: [UInt8], to truth: (version: Version, cells: [UInt8])
    ) {
        verdict.tally.comparisons += 1
        blame(
            unless(
                version == truth.version, .equalReplicas,
                "\(name) is at \(version.map(String.init) ?? "nothing"), not \(truth.version)"))
        blame(unless(cells == truth.cells, .equalReplicas, "\(name) shows other cells at \(truth.version)"))
    }
}
