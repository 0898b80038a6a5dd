import Protocol
import Testing

@testable import Storage

@Suite("The database looks up bests, skins, ads, flags and feedback")
struct EconomyPlanTests {
    @Test(
        "by an index, never through all of a table that grows",
        arguments: [
            (
                BoardFinder.highestSQL,
                "SEARCH scores USING COVERING INDEX scores_by_time (board=? AND at_ms>?)"
            ),
            (
                BoardFinder.lowestSQL,
                "SEARCH scores USING COVERING INDEX scores_by_time (board=? AND at_ms>?)"
            ),
            (BoardFinder.highestEverSQL, "USING COVERING INDEX arcade_bests_by_score (board=?)"),
            (BoardFinder.lowestEverSQL, "USING COVERING INDEX arcade_bests_by_score (board=?)"),
            (BestTable.highestSQL, "USING COVERING INDEX arcade_bests_by_score (board=?)"),
            (BestTable.lowestSQL, "USING COVERING INDEX arcade_bests_by_score (board=?)"),
            (FlagTable.openSQL, "SCAN f USING INDEX flags_open"),
            (FlagTable.clearSQL, "USING INDEX flags_by_account (account=?)"),
            (FeedbackTable.sinceSQL, "USING INDEX feedback_by_time (at_ms>?)"),
            (ImpressionTable.openSQL, "USING INDEX ad_impressions_open (shown_at_ms>?)"),
            (SkinReader.valuesSQL, "SEARCH skin_input_values USING PRIMARY KEY (skin=?)"),
            (StockTable.colorsSQL, "USING COVERING INDEX skin_input_values_by_color (color=?)"),
        ])
    func useIndexes(sql: String, step: String) throws {
        let plan = try plan(of: sql)
        #expect(plan.contains(step), "\(plan)")
        // What an inner query has gathered, and the colors that come with the program, are few.
        let few = ["SCAN (subquery", "SCAN s", "SCAN c"]
        #expect(
            !plan.split(separator: "\n").contains { step in
                step.hasPrefix("SCAN ") && !step.contains("INDEX") && !few.contains { step.hasPrefix($0) }
            }, "\(plan)")
    }

    @Test("in order without sorting them, so that a limit ends the reading")
    func readInOrder() throws {
        for sql in [
            BestTable.highestSQL, BestTable.lowestSQL, FlagTable.openSQL, FeedbackTable.newestSQL,
            FeedbackTable.sinceSQL, SkinReader.valuesSQL, SkinReader.skinsSQL, SkinReader.ownershipsSQL,
            AdTable.shownSQL,
        ] {
            let plan = try plan(of: sql)
            #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
        }
        // Only those of equal scores are sorted.
        for sql in [BoardFinder.highestEverSQL, BoardFinder.lowestEverSQL, ImpressionTable.openSQL] {
            let plan = try plan(of: sql)
            #expect(plan.contains("TEMP B-TREE FOR RIGHT PART OF ORDER BY"), "\(plan)")
        }
    }
}
