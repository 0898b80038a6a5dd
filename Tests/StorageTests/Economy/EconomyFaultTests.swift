import CSQLite
import Engine
import Glibc
import Protocol
import Testing

@testable import Storage

/// Of the same suite as the others that use the one failing disk, so that they come one after the other.
extension FaultTests {
    @Test(
        "at any operation leaves purchases and runs whole, and points the sum of their entries",
        arguments: faults)
    func keepsEconomy(fault: FaultyDisk.Fault, isFull: Bool) throws {
        try #require(FaultyDisk.isRegistered)
        let started = try StartedDatabase(stock: .ofTests())
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
                let records = try EconomyWorkload(commit: acknowledged + 1).records
                do throws(StorageFault) {
                    try database.commit(records)
                    acknowledged += 1
                } catch {
                    #expect((error == .full) == isFull, "operation \(nth)")
                }
                database.maintain()
            }
            fired = FaultyDisk.heal()
            EconomyWorkload(commit: acknowledged).expect(in: database, "operation \(nth), alive")
            database.close()
            let again = try Database(directory: scratch.path)
            let kept = try EconomyWorkload.commits(in: scratch)
            #expect((acknowledged...acknowledged + 1).contains(kept), "operation \(nth)")
            try EconomyWorkload.expectBalance(in: scratch, "operation \(nth)")
            try EconomyWorkload(commit: kept).expect(in: again.recoverSmall(), "operation \(nth)")
            again.close()
        }
        #expect(nth > 5)
    }

    @Test("at any operation while another stock is taken in leaves the one before whole, or has the new one")
    func keepsStock() throws {
        try #require(FaultyDisk.isRegistered)
        let old = try Stock.ofTests()
        var new = old
        new.baseColors = try colors(["coral", "ink", "mint", "sand", "gold"])
        new.skins[0] = try skin("ember", title: "Ember II", ["gold", "ink", "mint", "sand"])
        new.ads.removeLast()
        let fault = FaultyDisk.Fault(
            operations: [.write, .sync, .truncate], code: SQLITE_IOERR | 3 << 8, number: EIO)
        let started = try StartedDatabase(stock: old)
        var nth = 1 - FaultyDisk.stride
        var fired = true
        while fired {
            nth += FaultyDisk.stride
            let scratch = try Scratch()
            let database = try started.copy(into: scratch.path, vfs: FaultyDisk.name)
            FaultyDisk.fail(at: nth, with: fault)
            let taken = try? database.recoverSmall(stock: new)
            fired = FaultyDisk.heal()
            #expect(taken?.skins == (fired ? nil : new.skins), "operation \(nth)")
            database.close()
            let again = try Database(directory: scratch.path)
            let state = try again.recoverSmall()
            let isNew = state.skins == new.skins
            #expect(state.skins == (isNew ? new : old).skins, "operation \(nth)")
            #expect(state.ads == (isNew ? new : old).ads, "operation \(nth)")
            #expect(try again.recoverSmall(stock: new).skins == new.skins, "operation \(nth)")
            again.close()
        }
        #expect(nth > 2)
    }

    @Test("that is full starts with the stock it had, and takes the new one with the next commit")
    func startsWithOldStock() throws {
        try #require(FaultyDisk.isRegistered)
        let old = try Stock.ofTests()
        var new = old
        new.baseColors = try colors(["coral", "ink", "mint", "sand", "gold"])
        new.skins[0].title = "Ember II"
        new.ads.append(try ad("venus"))
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path, vfs: FaultyDisk.name, stock: old)
        FaultyDisk.limit(to: 0)
        let full = try database.recoverSmall(stock: new)
        #expect(full.skins == old.skins)
        #expect(full.ads == old.ads)
        let golden = try skin("golden", ["ink", "sand", "mint", "gold"])
        #expect(throws: StorageFault.full) { try database.commit([.skin(golden)]) }
        #expect(FaultyDisk.heal(), "the disk was in the way")
        // Its color is one of those that there was no room for.
        try database.commit([.skin(golden)])
        try database.commit([change(1)])
        database.close()
        let again = try Database(directory: scratch.path)
        let state = try again.recoverSmall()
        #expect(state.skins == [new.skins[0], golden, new.skins[1]])
        #expect(state.ads == new.ads)
        again.close()
    }
}
