import Client
import Protocol
import Testing

@Suite("A replica of a relay")
struct RelayReplicaTests {
    static let relay = Identifier(rawValue: 9)
    static let ada = AccountName(id: Identifier(rawValue: 1), name: "Ada")
    static let bob = AccountName(id: Identifier(rawValue: 2), name: "Bob")
    static let cleo = AccountName(id: Identifier(rawValue: 3), name: "Cleo")

    static func player(_ account: AccountName, _ points: Int = 100, isActive: Bool = true) -> RelayPlayer {
        RelayPlayer(account: account, points: points, isActive: isActive, solves: 0)
    }

    static func view(_ status: RelayStatus, _ players: [RelayPlayer], leftMs: Int = 60_000) -> RelayView {
        RelayView(
            relay: relay, code: RelayCode(random: 5), status: status, players: players,
            options: RelayOptions(), leftMs: leftMs)
    }

    static func puzzle(_ number: UInt64, hasData: Bool = true) -> PuzzleView {
        let data = hasData ? PuzzleData.arithmetic(expression: "1 + \(number)") : nil
        return PuzzleView(id: Identifier(rawValue: number), type: .arithmetic, data: data, worth: 10)
    }

    /// A replica of Ada's that heard of a running relay of three.
    private func running(puzzle: PuzzleView? = nil, me: AccountName? = ada) -> RelayReplica {
        var replica = RelayReplica(relay: Self.relay, me: me?.id)
        let players = [Self.ada, Self.bob, Self.cleo].map { Self.player($0) }
        replica.hear(.state(Self.view(.running, players), puzzle: puzzle))
        return replica
    }

    @Test("passes over what comes before the first state, and another relay's events")
    func before() {
        var replica = RelayReplica(relay: Self.relay, me: Self.ada.id)
        replica.hear(.eliminated(Self.ada))
        replica.hear(.ended(.time, [], awards: []))
        replica.receive(
            RelayEvent(
                relay: Identifier(rawValue: 8),
                .state(Self.view(.running, [Self.player(Self.ada)]), puzzle: nil)),
            atUs: 0)
        #expect(replica == RelayReplica(relay: Self.relay, me: Self.ada.id))
        #expect(replica.players.isEmpty && replica.status == nil && !replica.isPlaying)
    }

    @Test("tells a late joiner all of it by the first state, the own puzzle included")
    func late() {
        let replica = running(puzzle: Self.puzzle(4))
        #expect(replica.status == .running && replica.players.count == 3 && replica.isPlaying)
        #expect(replica.puzzle == Self.puzzle(4) && replica.own == Self.player(Self.ada))
        #expect(replica.log.isEmpty)
        let watcher = running(me: nil)
        #expect(watcher.own == nil && !watcher.isPlaying)
    }

    @Test("follows the team as it comes together, and the start")
    func team() {
        var replica = RelayReplica(relay: Self.relay, me: Self.ada.id)
        replica.hear(.state(Self.view(.waiting, [Self.player(Self.ada)]), puzzle: nil))
        let both = [Self.player(Self.ada), Self.player(Self.bob)]
        replica.hear(.teamStatus(.waiting, both))
        #expect(replica.players == both && replica.log == [.joined(Self.bob)] && !replica.isPlaying)
        replica.hear(.started(Self.view(.running, both, leftMs: 5_000)), atUs: 1_000_000)
        #expect(replica.isPlaying && replica.log == [.joined(Self.bob), .started])
        #expect(replica.leftMs(atUs: 1_000_000) == 5_000)
        #expect(replica.leftMs(atUs: 3_500_000) == 2_500)
        #expect(replica.leftMs(atUs: 60_000_000) == 0)
    }

    @Test("holds our own puzzle from its assignment to its solution")
    func puzzles() {
        var replica = running()
        replica.hear(.assigned(to: Self.bob, Self.puzzle(1, hasData: false)))
        #expect(replica.puzzle == nil)
        replica.hear(.assigned(to: Self.ada, Self.puzzle(2)))
        #expect(replica.puzzle == Self.puzzle(2))
        replica.hear(.failed(by: Self.ada, puzzle: Self.puzzle(2).id, penalty: 5))
        replica.hear(.solved(by: Self.bob, puzzle: Self.puzzle(1).id, worth: 10, awardedTo: Self.cleo))
        #expect(replica.puzzle == Self.puzzle(2))
        replica.hear(.solved(by: Self.ada, puzzle: Self.puzzle(2).id, worth: 10, awardedTo: Self.bob))
        #expect(replica.puzzle == nil)
        replica.receive(Self.puzzle(3))
        #expect(replica.puzzle == Self.puzzle(3))
        #expect(
            replica.log == [
                .assigned(Self.bob, .arithmetic, worth: 10), .assigned(Self.ada, .arithmetic, worth: 10),
                .failed(Self.ada, penalty: 5), .solved(Self.bob, worth: 10, awardedTo: Self.cleo),
                .solved(Self.ada, worth: 10, awardedTo: Self.bob),
            ])
    }

    @Test("keeps the next puzzle where it is told before the solution of the one before")
    func overtaken() {
        var replica = running(puzzle: Self.puzzle(2))
        replica.hear(.assigned(to: Self.ada, Self.puzzle(3)))
        replica.hear(.solved(by: Self.ada, puzzle: Self.puzzle(2).id, worth: 10, awardedTo: Self.bob))
        #expect(replica.puzzle == Self.puzzle(3))
    }

    @Test("takes everyone's points as they are told", arguments: PointsReason.allCases)
    func points(reason: PointsReason) {
        var replica = running()
        let players = [Self.player(Self.ada, 99), Self.player(Self.bob, 120), Self.player(Self.cleo, 1)]
        replica.hear(.pointsChanged(reason, players, leftMs: 40_000), atUs: 2_000_000)
        #expect(replica.players == players && replica.leftMs(atUs: 3_000_000) == 39_000)
        #expect(replica.log.isEmpty)
    }

    @Test("passes over who is out when it looks for the next in the ring")
    func out() {
        var replica = running(puzzle: Self.puzzle(2))
        #expect(replica.next(after: Self.ada.id)?.account == Self.bob)
        #expect(replica.next(after: Self.cleo.id)?.account == Self.ada)
        replica.hear(.eliminated(Self.bob))
        #expect(replica.next(after: Self.ada.id)?.account == Self.cleo)
        #expect(replica.players[1] == Self.player(Self.bob, 0, isActive: false))
        #expect(replica.puzzle == Self.puzzle(2) && replica.isPlaying)
        replica.hear(.eliminated(Self.ada))
        #expect(replica.puzzle == nil && !replica.isPlaying)
        replica.receive(Self.puzzle(3))
        #expect(replica.puzzle == nil && replica.next(after: Self.cleo.id) == nil)
        #expect(replica.log == [.eliminated(Self.bob), .eliminated(Self.ada)])
    }

    @Test("ends with the reason, everyone's points and the awards", arguments: RelayEndReason.allCases)
    func ended(reason: RelayEndReason) {
        var replica = running(puzzle: Self.puzzle(2))
        let players = [Self.player(Self.ada, 7), Self.player(Self.bob, 0, isActive: false)]
        let awards = [RelayAward(account: Self.ada, profilePoints: 3)]
        replica.hear(.teamStatus(.ended, players))
        replica.hear(.ended(reason, players, awards: awards))
        #expect(replica.status == .ended && replica.players == players && replica.puzzle == nil)
        #expect(replica.ending?.reason == reason && replica.ending?.awards == awards)
        #expect(replica.log == [.ended(reason)] && replica.leftMs(atUs: 0) == 0)
    }

    @Test("is over for who comes after the end, for no reason that is known")
    func afterEnd() {
        var replica = RelayReplica(relay: Self.relay, me: Self.ada.id)
        replica.hear(.state(Self.view(.ended, [Self.player(Self.ada)], leftMs: 0), puzzle: nil))
        #expect(replica.ending != nil && replica.ending?.reason == nil)
    }

    @Test("takes a state anew after a reconnect, and keeps its log")
    func again() {
        var replica = running(puzzle: Self.puzzle(2))
        replica.hear(.failed(by: Self.bob, puzzle: Self.puzzle(1).id, penalty: 5))
        let players = [Self.player(Self.ada, 3)]
        replica.hear(.state(Self.view(.running, players), puzzle: Self.puzzle(5)))
        #expect(replica.players == players && replica.puzzle == Self.puzzle(5))
        #expect(replica.log == [.failed(Self.bob, penalty: 5)])
    }

    @Test("forgets the oldest happenings of a long relay, and counts them all")
    func longLog() {
        var replica = running()
        for _ in 0..<1_000 { replica.hear(.failed(by: Self.bob, puzzle: Self.puzzle(1).id, penalty: 5)) }
        #expect(replica.log.count == RelayReplica.maxLog && replica.happenedCount == 1_000)
    }
}

extension RelayReplica {
    /// Hears of something in its relay.
    fileprivate mutating func hear(_ kind: RelayEvent.Kind, atUs: Int64 = 0) {
        receive(RelayEvent(relay: relay, kind), atUs: atUs)
    }
}
