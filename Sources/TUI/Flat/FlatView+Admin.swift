import Protocol

/// How a server is, in words.
extension FlatView {
    /// The latest number of each kind, and its highest in the last minutes.
    static func figures(_ model: Model) -> [Announcement] {
        guard let samples = model.admin.figures?.samples, let latest = samples.last else {
            return [Announcement(.admin, "the server has no figures yet")]
        }
        let span = HostWords.length(ms: Int64(samples.count) * 1_000)
        return LiveFigure.allCases.map { figure in
            let most = samples.map(figure.value).max() ?? 0
            return Announcement(
                .admin,
                "\(figure.title) \(figure.words(figure.value(latest))), at most \(figure.words(most)) in \(span)"
            )
        }
    }

    /// The lines of a part, as many as are listened to.
    static func adminLines(_ model: Model) -> [Announcement] {
        let rows = model.adminRows(count: mostLines)
        guard !rows.isEmpty else { return [Announcement(.admin, model.adminEmptiness)] }
        let lines = rows.map { row in
            Announcement(.admin, row.cells.filter { !$0.isEmpty }.joined(separator: ", "))
        }
        let rest = model.adminRowCount - lines.count
        return lines + (rest > 0 ? [Announcement(.admin, "and \(Spelled.grouped(rest)) more")] : [])
    }

    private static let mostLines = 50
}
