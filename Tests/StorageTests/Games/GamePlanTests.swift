import Protocol
import Testing

@testable import Storage

@Suite("The database looks up games")
struct GamePlanTests {
    @Test(
        "by an index, never through all of a table that grows",
        arguments: [
            (ClickFinder.recentSQL, "USING COVERING INDEX click_pushes_by_batch (session=? AND batch_id>?)"),
            (ClickFinder.recentSQL, "SEARCH click_pushes USING INTEGER PRIMARY KEY (rowid=?)"),
            (ClickFinder.namedSQL, "USING INDEX click_pushes_by_batch (session=? AND batch_id=?)"),
            (ContributionsLedger.pushesSQL, "USING INDEX click_pushes_by_game (game=?)"),
            (ContributionsLedger.standingSQL, "USING COVERING INDEX click_pushes_by_game (game=?)"),
            (ClickReader.lastSQL, "INDEX game_queue_by_status (status=?)"),
            (ClickReader.gamesSQL, "SEARCH game_queue USING INDEX game_queue_by_status (status=?)"),
            (RelayReader.openSQL, "USING INDEX relays_open"),
            (RelayReader.puzzleSQL, "USING INDEX puzzles_open (relay=? AND account=?)"),
            (BoardFinder.sumSQL, "USING COVERING INDEX scores_by_time (board=? AND at_ms>?)"),
        ])
    func useIndexes(sql: String, step: String) throws {
        let plan = try plan(of: sql)
        #expect(plan.contains(step), "\(plan)")
        #expect(
            !plan.split(separator: "\n").contains {
                $0.hasPrefix("SCAN ") && !$0.contains("INDEX") && $0 != "SCAN s"
            }, "\(plan)")
    }

    @Test("in the order of pushes without sorting them")
    func readInOrder() throws {
        #expect(try !plan(of: ContributionsLedger.pushesSQL).contains("TEMP B-TREE"))
        #expect(try !plan(of: RelayReader.puzzleSQL).contains("TEMP B-TREE"))
    }
}
