import Engine
import Game
import Protocol

/// What the disk keeps of relays: rows without puzzles, and puzzles in rows of their own.
extension VirtualDisk {
    mutating func keep(_ relay: Relay) {
        if relays.updateValue(relay, forKey: relay.id) == nil { relayOrder.append(relay.id) }
    }

    mutating func keep(_ puzzle: PuzzleRecord) {
        if let index = puzzles.lastIndex(where: { $0.id == puzzle.id }) {
            puzzles[index] = puzzle
        } else {
            puzzles.append(puzzle)
        }
    }

    /// Relays that wait or run, each active player's latest puzzle put before it unless it was solved.
    var recoveredRelays: [Relay] {
        relayOrder.compactMap { relays[$0] }.filter { $0.status != .ended }.map { relay in
            let players = relay.players.map { player in
                var player = player
                let last = puzzles.last { $0.relay == relay.id && $0.account == player.account.id }
                player.puzzle = player.isActive ? last.flatMap(Self.open) : nil
                return player
            }
            return Relay(
                id: relay.id, code: relay.code, options: relay.options, createdAtMs: relay.createdAtMs,
                status: relay.status, steps: relay.steps, endReason: relay.endReason, players: players)
        }
    }

    private static func open(_ record: PuzzleRecord) -> Relay.OpenPuzzle? {
        guard record.solvedAtMs == nil else { return nil }
        let puzzle = Puzzle(data: record.data, answer: record.answer, difficulty: record.difficulty)
        return Relay.OpenPuzzle(id: record.id, puzzle: puzzle, worth: record.worth)
    }
}
