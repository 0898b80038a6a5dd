import Engine
import Protocol
import Testing

@Suite("What is counted of sign-ins with Google")
struct DeviceGrantCountTests {
    @Test("a terminal's sign-in is under way until it is used, and its person's decision counts once")
    func decisions() throws {
        var desk = Desk.withGoogle()
        let used = try desk.terminal()
        let denied = try desk.terminal()
        #expect(desk.engine.counts.deviceGrants == 2)
        _ = desk.allow(used, as: desk.holder())
        #expect(desk.comeBack(used, as: desk.holder("2"))?.code == .expiredToken)
        #expect(desk.decide(denied, false) == .denied)
        #expect(desk.engine.counts.deviceGrants == 2)
        _ = try SignedIn(desk.poll(used))
        #expect(desk.poll(denied)?.code == .accessDenied)
        #expect(desk.engine.counts.deviceGrants == 0)
        #expect(desk.engine.counts.deviceGrantEvents == [.begun: 2, .allowed: 1, .denied: 1])
        #expect(desk.engine.counts.plays.signIns == [.google: 1])
        desk.run(ms: Int64(Limits.deviceGrantSeconds) * 1000)
        #expect(desk.engine.counts.deviceGrantEvents[.expired] == nil, "those that were used don't expire")
    }

    @Test("one whose time is over expires by itself, with nobody who asks")
    func expiry() throws {
        var desk = Desk.withGoogle()
        _ = try desk.terminal()
        desk.run(ms: 60_000)
        let allowed = try desk.terminal()
        _ = desk.allow(allowed, as: desk.holder())
        desk.run(ms: Int64(Limits.deviceGrantSeconds) * 1000 - 60_000)
        #expect(desk.engine.counts.deviceGrants == 1)
        #expect(desk.engine.counts.deviceGrantEvents[.expired] == 1)
        desk.run(ms: 60_000)
        #expect(desk.engine.counts.deviceGrants == 0)
        #expect(desk.engine.counts.deviceGrantEvents == [.begun: 2, .allowed: 1, .expired: 2])
    }

    @Test("one that was used in vain and comes back too late is over, and its address may begin another")
    func lateReturn() throws {
        var desk = Desk.withGoogle()
        let terminal = try desk.terminal()
        _ = desk.allow(terminal, as: desk.holder())
        desk.isAutomatic = false
        #expect(desk.poll(terminal) == nil)
        desk.run(ms: Int64(Limits.deviceGrantSeconds) * 1000)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        desk.give(.storageProbed(nil))
        desk.isAutomatic = true
        #expect(desk.engine.counts.deviceGrants == 0)
        #expect(desk.engine.counts.deviceGrantEvents[.expired] == 1)
        for _ in 0..<Limits.maxDeviceGrantsPerAddress { _ = try desk.terminal() }
    }

    @Test("a refusal in the browser counts as one, and so does a link as a sign-in with Google")
    func refusals() throws {
        var desk = Desk.withGoogle()
        let key = [UInt8](repeating: 7, count: 32)
        let zoe = try SignedIn(desk.signIn(key: key, name: "Zoe"))
        _ = try SignedIn(desk.show(desk.holder()))
        let taken = try desk.terminal(link: zoe.identity)
        #expect(desk.allow(taken, as: desk.holder())?.code == .googleTaken)
        #expect(desk.engine.counts.deviceGrantEvents[.refused] == 1)
        let linked = try desk.terminal(link: zoe.identity)
        _ = desk.allow(linked, as: desk.holder("2"))
        _ = try SignedIn(desk.poll(linked))
        #expect(desk.engine.counts.plays.signIns == [.google: 2, .deviceKey: 1])
    }
}
