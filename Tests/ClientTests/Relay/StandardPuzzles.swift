import Foundation
import Game
import Protocol

/// Puzzles of the words that the project comes with.
enum StandardPuzzles {
    static func stock() throws -> PuzzleStock { try kept.get() }

    /// Read once: every test asks for it.
    private static let kept = Result {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return try PuzzleStock(
            json: Array(Data(contentsOf: root.appending(path: "assets/puzzles/words.json"))))
    }

    /// So many of each difficulty, of one kind.
    static func make(_ type: PuzzleType, ofEach count: UInt64) throws -> [Puzzle] {
        let stock = try stock()
        return PuzzleGenerator.difficulties.flatMap { difficulty in
            (0..<count).map {
                PuzzleGenerator.make(type: type, difficulty: difficulty, seed: $0 &+ 77_000, stock: stock)
            }
        }
    }
}
