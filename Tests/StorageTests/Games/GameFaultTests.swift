import CSQLite
import Engine
import Game
import Glibc
import Protocol
import Testing

@testable import Storage

/// Of the same suite as the others that use the one failing disk, so that they come one after the other.
extension FaultTests {
    @Test(
        "at any operation leaves games as the last acknowledged commit did, in memory and in the tables",
        arguments: faults)
    func keepsGames(fault: FaultyDisk.Fault, isFull: Bool) throws {
        try #require(FaultyDisk.isRegistered)
        let started = try StartedDatabase()
        var nth = 1 - FaultyDisk.stride
        var fired = true
        while fired {
            nth += FaultyDisk.stride
            let scratch = try Scratch()
            let database = try started.copy(into: scratch.path, vfs: FaultyDisk.name)
            database.checkpointFrames = 20
            FaultyDisk.fail(at: nth, with: fault)
            var acknowledged = 0
            for _ in 0..<3 {
                do throws(StorageFault) {
                    try database.commit(GameWorkload(commit: acknowledged + 1).records)
                    acknowledged += 1
                } catch {
                    #expect((error == .full) == isFull, "operation \(nth)")
                }
                database.maintain()
            }
            fired = FaultyDisk.heal()
            GameWorkload(commit: acknowledged).expect(in: database, "operation \(nth), alive")
            database.close()
            let again = try Database(directory: scratch.path)
            let kept = try GameWorkload.commits(in: scratch)
            #expect((acknowledged...acknowledged + 1).contains(kept), "operation \(nth)")
            GameWorkload(commit: kept).expect(in: again, "operation \(nth)")
            try GameWorkload(commit: kept).expect(in: again.recoverSmall(), "operation \(nth)")
            again.close()
        }
        #expect(nth > 5)
    }

    @Test("that is full lets a server start all the same; the last click game's row is completed later")
    func startsWithIncompleteRow() throws {
        try #require(FaultyDisk.isRegistered)
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path, vfs: FaultyDisk.name)
        let model = ContributionsModel(pushes: [push([4, 5], session: 5)])
        try database.commit(
            [.clickGame(clickGame(70, .finished))] + model.pushes.map { .clickPush($0) })
        FaultyDisk.limit(to: 0)
        let full = try database.recoverSmall()
        #expect(full.clickGames.first?.planets == model.totals())
        #expect(database.contributions() == model.json())
        #expect(FaultyDisk.heal(), "the disk was in the way")
        #expect(try rows("click_contributions", of: "game_queue", in: scratch) == ["{}"])
        _ = try database.recoverSmall()
        #expect(try rows("click_contributions", of: "game_queue", in: scratch) == [model.json()])
        database.close()
    }
}
