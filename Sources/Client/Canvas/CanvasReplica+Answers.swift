public import Protocol

extension CanvasReplica {
    /// Takes the answer to `.fetchSnapshot` as it travels; a stream that doesn't inflate counts as no answer.
    public mutating func receive(_ answer: SnapshotAnswer) -> [Action] {
        do throws(Failure) {
            let cells = try SnapshotCodec.inflate(answer.zlib, cellCount: answer.size.cellCount)
            return receive(
                .snapshot(size: answer.size, epoch: answer.epoch, version: answer.version, cells: cells))
        } catch {
            return receive(.failed(error))
        }
    }

    /// Takes the answer to `.fetchChanges` as it travels; a stream that doesn't inflate counts as no answer.
    public mutating func receive(_ answer: ChangesAnswer) -> [Action] {
        do throws(Failure) {
            var base: [UInt8]?
            if let snapshot = answer.snapshot, let size {
                base = try SnapshotCodec.inflate(snapshot, cellCount: size.cellCount)
            }
            return receive(.changes(answer.run, base: base))
        } catch {
            return receive(.failed(error))
        }
    }
}
