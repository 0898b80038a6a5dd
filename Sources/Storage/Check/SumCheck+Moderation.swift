import Protocol

extension SumCheck {
    /// What rollbacks say of themselves is what their changes say, and protected areas lie on their canvas.
    ///
    /// - Parameter horizon: of a rollback that begins before it some changes may be gone.
    static func moderation(since horizon: Version) -> [Question] {
        [
            Question(
                subject: "rollbacks", since: Migration.rollbacks.version,
                sql: """
                    SELECT r.id, r.cells, r.placements,
                        count(c.version) AS made,
                        coalesce(sum((SELECT count(*) FROM rollback_pixels p WHERE p.change = c.version)), 0) AS taken
                    FROM canvas_rollbacks r
                    LEFT JOIN (SELECT version, rollback FROM canvas_changes WHERE rollback IS NOT NULL) c
                        ON c.rollback = r.id
                    WHERE r.first_version > \(horizon)
                    GROUP BY r.id
                    HAVING made <> r.cells OR (r.undoes IS NULL AND taken <> r.placements)
                    """,
                countSQL: "SELECT count(*) FROM canvas_rollbacks", unit: "rollbacks",
                words: {
                    """
                    rollback \($0.integer(0)) says \($0.integer(1)) cells and \($0.integer(2)) placements, \
                    its changes make \($0.integer(3)) and \($0.integer(4))
                    """
                }),
            Question(
                subject: "changes by rollbacks", since: Migration.rollbacks.version,
                sql: """
                    SELECT c.version FROM canvas_changes c
                    JOIN canvas_rollbacks r ON r.id = c.rollback
                    JOIN canvas_epochs e ON e.epoch = r.epoch
                    WHERE c.rollback IS NOT NULL AND (c.undoes IS NULL OR c.version < r.first_version
                        OR e.first_version <> (
                            SELECT max(first_version) FROM canvas_epochs o WHERE o.first_version < c.version))
                    """,
                countSQL: "SELECT count(*) FROM canvas_changes WHERE rollback IS NOT NULL", unit: "changes",
                words: { "change \($0.integer(0)) can't be its rollback's" }),
            Question(
                subject: "placements taken back", since: Migration.rollbacks.version,
                sql: """
                    SELECT p.change, p.placement FROM rollback_pixels p
                    LEFT JOIN canvas_changes c ON c.version = p.change
                    LEFT JOIN canvas_changes t ON t.version = p.placement
                    WHERE p.change > \(horizon) AND (c.rollback IS NULL OR t.version IS NULL
                        OR t.undoes IS NOT NULL OR t.cell <> c.cell OR t.version >= c.version)
                    """,
                countSQL: "SELECT count(*) FROM rollback_pixels", unit: "times",
                words: { "change \($0.integer(0)) can't have moved placement \($0.integer(1))" }),
            Question(
                subject: "protected areas", since: Migration.rollbacks.version,
                sql: """
                    SELECT p.id FROM protected_areas p LEFT JOIN canvas_epochs e ON e.epoch = p.epoch
                    WHERE (p.x0 >= 0 AND p.x0 <= p.x1 AND p.x1 < e.width
                        AND p.y0 >= 0 AND p.y0 <= p.y1 AND p.y1 < e.height) IS NOT TRUE
                    """,
                countSQL: "SELECT count(*) FROM protected_areas", unit: "areas",
                words: { "area \($0.integer(0)) doesn't lie on its canvas" }),
        ]
    }
}
