import Protocol

extension HistoryCheck {
    /// Holds each cell's color against the placement on top of it, as look-ups find that: from the newest change down,
    /// where what names a version leads below it.
    func compareOwners(_ epoch: Epoch, _ replay: inout Replay) throws(SQLiteFailure) {
        guard replay.flaws.isEmpty else { return }
        var below = [Version](repeating: .max, count: replay.cells.count)
        var open = replay.touched
        var left = replay.touched.count
        let changes = try connection.prepare(
            """
            SELECT version, cell, color, undoes FROM canvas_changes
            WHERE version > ?1 AND version < ?2 ORDER BY version DESC
            """)
        try changes.forEachRow(epoch.bounds) { (row) throws(SQLiteFailure) in
            let (version, cell) = (row.integer(0), Int(row.integer(1)))
            guard open[cell], version < below[cell] else { return true }
            if let undoes = row.optionalInteger(3) {
                below[cell] = min(below[cell], undoes)
                return true
            }
            open[cell] = false
            left -= 1
            if row.integer(2) != Int64(replay.cells[cell]) {
                tell(cell, "is \(replay.cells[cell]), its owner's pixel \(row.integer(2))", epoch, &replay)
            }
            return left > 0 && replay.flaws.count < DatabaseCheck.maxToldFlaws
        }
        guard replay.flaws.isEmpty else { return }
        let strange = replay.cells.indices.filter {
            replay.cells[$0] != 0 && (open[$0] || !replay.touched[$0])
        }
        for cell in strange.prefix(DatabaseCheck.maxToldFlaws) {
            tell(cell, "is \(replay.cells[cell]) and nobody's", epoch, &replay)
        }
    }

    private func tell(_ cell: Int, _ words: String, _ epoch: Epoch, _ replay: inout Replay) {
        let (x, y) = (cell % epoch.size.width, cell / epoch.size.width)
        replay.flaws.append("the cell \(x),\(y) \(words)")
    }
}
