import Game
import Protocol
import Testing

@Suite("Players")
struct PlayerTableTests {
    @Test("play while there is room, and give their place back")
    func room() {
        var players = PlayerTable(capacity: 2)
        let ids = (1...3).map { Identifier(rawValue: $0) }
        #expect(players.play(ids[0]) == .started)
        #expect(players.play(ids[1]) == .started)
        #expect(players.play(ids[2]) == .full)
        #expect(players.play(ids[0]) == .alreadyPlaying)
        #expect(players.status(of: ids[2]) == .afk)
        let hadPlace = players.leave(ids[0])
        #expect(hadPlace)
        let hasPlace = players.leave(ids[0])
        #expect(!hasPlace)
        #expect(players.play(ids[2]) == .started)
        #expect(players.status(of: ids[2]) == .playing)
        #expect(players.playing == [ids[1], ids[2]])
    }
}
