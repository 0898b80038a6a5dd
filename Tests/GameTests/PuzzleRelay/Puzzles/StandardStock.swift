import Foundation
import Game
import Protocol

/// The words that the project comes with.
enum StandardStock {
    static func read() throws -> PuzzleStock { try kept.get() }

    /// Read once: every test asks for it.
    private static let kept = Result {
        var root = URL(filePath: #filePath)
        for _ in 0..<5 { root.deleteLastPathComponent() }
        return try PuzzleStock(
            json: Array(Data(contentsOf: root.appending(path: "assets/puzzles/words.json"))))
    }

    /// Puzzles of one kind: so many of each difficulty, easiest first.
    static func puzzles(_ type: PuzzleType, ofEach count: UInt64 = 200) throws -> [Puzzle] {
        let stock = try read()
        return PuzzleGenerator.difficulties.flatMap { difficulty in
            (0..<count).map {
                PuzzleGenerator.make(
                    type: type, difficulty: difficulty, seed: $0 &* 0x9E37_79B9, stock: stock)
            }
        }
    }
}
