import Protocol

/// Words of one category and one of another: more of them and from closer categories as it gets harder.
enum OddOneOutPuzzle {
    static func make(_ difficulty: Int, _ random: inout SeededGenerator, _ stock: PuzzleStock) -> (
        data: PuzzleData, answer: String
    ) {
        let count = 4 + difficulty / 3
        let home = stock.categories[Int.random(in: stock.categories.indices, using: &random)]
        let others = stock.categories.filter { $0.name != home.name }
        let isClose = difficulty > 4
        let fitting = others.filter { ($0.kin == home.kin) == isClose }
        // A stock may have no category that is as close, or as far.
        let choice = fitting.isEmpty ? others : fitting
        let away = choice[Int.random(in: choice.indices, using: &random)]
        let odd = away.words[Int.random(in: away.words.indices, using: &random)]
        var words = Array(home.words.shuffled(using: &random).prefix(count - 1))
        words.insert(odd, at: Int.random(in: 0...words.count, using: &random))
        return (.oddOneOut(words: words), odd)
    }
}
