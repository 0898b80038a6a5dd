import Protocol
import Testing

@testable import Game

/// The same book as a list.
private struct NaiveBook {
    struct Best {
        var game: ArcadeGameID
        var account: Identifier
        var score: Int
    }

    var bests: [Best] = []
    var excluded: Set<Identifier> = []

    func best(of account: Identifier, in game: ArcadeGameID) -> Int? {
        bests.first { $0.game == game && $0.account == account }?.score
    }

    func rank(of score: Int, for account: Identifier, in game: ArcadeGameID) -> Int {
        1
            + bests.count {
                $0.game == game && $0.account != account && !excluded.contains($0.account)
                    && (game == .steps ? $0.score < score : $0.score > score)
            }
    }

    mutating func set(_ score: Int?, of account: Identifier, in game: ArcadeGameID) {
        bests.removeAll { $0.game == game && $0.account == account }
        if let score { bests.append(Best(game: game, account: account, score: score)) }
    }
}

@Suite("The book of bests")
struct BestBookTests {
    private static func account(_ number: UInt64) -> Identifier { Identifier(rawValue: number) }

    /// A book of one game with a run an account, numbered from 1.
    private static func book(_ game: ArcadeGameID, _ scores: [Int]) -> BestBook {
        var book = BestBook()
        for (index, score) in scores.enumerated() {
            book.put(game, account: account(UInt64(index + 1)), score: score)
        }
        return book
    }

    private func ranks(_ book: BestBook, _ game: ArcadeGameID, _ accounts: Range<UInt64>) -> [Int] {
        accounts.map { number in
            let account = Self.account(number)
            return book.rank(of: book.best(of: account, in: game) ?? 0, for: account, in: game)
        }
    }

    @Test("the most hits are first, and for steps the least time is")
    func order() {
        #expect(ranks(Self.book(.dot, [10, 30, 20]), .dot, 1..<4) == [3, 1, 2])
        #expect(ranks(Self.book(.steps, [10_000, 30_000, 20_000]), .steps, 1..<4) == [1, 3, 2])
    }

    @Test("equal scores share a rank, and the next one counts them all")
    func ties() {
        #expect(ranks(Self.book(.dot, [20, 30, 20, 10, 30, 20]), .dot, 1..<7) == [3, 1, 3, 6, 1, 3])
        #expect(ranks(Self.book(.steps, [20, 30, 20, 10]), .steps, 1..<5) == [2, 4, 2, 1])
    }

    @Test("a first run of all is first, and so is one that equals the best of another")
    func first() {
        var book = BestBook()
        #expect(book.rank(of: 0, for: Self.account(1), in: .dot) == 1)
        book.put(.dot, account: Self.account(1), score: 7)
        #expect(book.rank(of: 7, for: Self.account(2), in: .dot) == 1)
        #expect(book.rank(of: 6, for: Self.account(2), in: .dot) == 2)
    }

    @Test("an own better run doesn't stand in the way of a run")
    func ownBest() {
        let book = Self.book(.dot, [50, 30])
        #expect(book.rank(of: 40, for: Self.account(1), in: .dot) == 1)
        #expect(book.rank(of: 40, for: Self.account(2), in: .dot) == 2)
        #expect(book.rank(of: 10, for: Self.account(1), in: .dot) == 2)
    }

    @Test("only a better run changes an account's best, and each says what the best was before it")
    func improves() {
        var book = BestBook()
        #expect(book.put(.dot, account: Self.account(1), score: 5) == nil)
        #expect(book.put(.dot, account: Self.account(1), score: 4) == 5)
        #expect(book.put(.dot, account: Self.account(1), score: 9) == 5)
        #expect(book.best(of: Self.account(1), in: .dot) == 9)
        book.put(.steps, account: Self.account(1), score: 5_000)
        book.put(.steps, account: Self.account(1), score: 6_000)
        book.put(.steps, account: Self.account(1), score: 4_500)
        #expect(book.best(of: Self.account(1), in: .steps) == 4_500)
    }

    @Test("games have nothing to do with each other")
    func games() {
        var book = Self.book(.dot, [50, 30])
        book.put(.shakyDot, account: Self.account(2), score: 3)
        #expect(book.best(of: Self.account(1), in: .shakyDot) == nil)
        #expect(book.rank(of: 3, for: Self.account(2), in: .shakyDot) == 1)
        #expect(book.rank(of: 30, for: Self.account(2), in: .dot) == 2)
    }

    @Test("whoever is excluded stands before nobody, keeps its runs, and is back where it belongs afterwards")
    func exclusion() {
        var book = Self.book(.dot, [50, 30, 20])
        book.exclude(Self.account(1))
        book.exclude(Self.account(1))
        #expect(ranks(book, .dot, 2..<4) == [1, 2])
        #expect(book.best(of: Self.account(1), in: .dot) == 50)
        #expect(book.rank(of: 40, for: Self.account(1), in: .dot) == 1)
        book.put(.dot, account: Self.account(1), score: 60)
        #expect(ranks(book, .dot, 2..<4) == [1, 2])
        book.include(Self.account(1))
        book.include(Self.account(1))
        #expect(ranks(book, .dot, 1..<4) == [1, 2, 3])
        #expect(book.best(of: Self.account(1), in: .dot) == 60)
    }

    @Test("whoever is excluded before its first run isn't ranked by it")
    func excludedFirst() {
        var book = BestBook()
        book.exclude(Self.account(1))
        book.put(.dot, account: Self.account(1), score: 60)
        #expect(book.rank(of: 5, for: Self.account(2), in: .dot) == 1)
        book.include(Self.account(1))
        #expect(book.rank(of: 5, for: Self.account(2), in: .dot) == 2)
    }

    @Test("forgets an account whole, its exclusion too")
    func removal() {
        var book = Self.book(.dot, [50, 30])
        book.put(.steps, account: Self.account(1), score: 9_000)
        book.exclude(Self.account(1))
        book.remove(Self.account(1))
        #expect(book == Self.book(.dot, [50, 30]).removing(Self.account(1)))
        #expect(book.best(of: Self.account(1), in: .dot) == nil)
        book.put(.dot, account: Self.account(1), score: 70)
        #expect(ranks(book, .dot, 1..<3) == [1, 2])
    }

    @Test(
        "runs taken back in reverse leave the book as if they had never been",
        arguments: 0..<20 as Range<UInt64>)
    func revert(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var book = Self.book(.dot, (0..<10).map { _ in Int.random(in: 0...20, using: &random) })
        book.exclude(Self.account(3))
        let before = book
        var taken: [(game: ArcadeGameID, account: Identifier, former: Int?)] = []
        for _ in 0..<60 {
            let game = ArcadeGameID.all.randomElement(using: &random) ?? .dot
            let account = Self.account(UInt64.random(in: 1...15, using: &random))
            let former = book.put(game, account: account, score: Int.random(in: 0...40, using: &random))
            taken.append((game, account, former))
        }
        #expect(book != before)
        for run in taken.reversed() { book.revert(run.game, account: run.account, to: run.former) }
        #expect(book == before)
        #expect(book.hashValue == before.hashValue)
    }

    @Test("ranks as a list does, whatever comes and goes", arguments: 0..<30 as Range<UInt64>)
    func naive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var book = BestBook()
        var naive = NaiveBook()
        // Few scores, so that there are ties all the time.
        let most = Int.random(in: 1...60, using: &random)
        for _ in 0..<600 {
            let account = Self.account(UInt64.random(in: 1...30, using: &random))
            let game = ArcadeGameID.all.randomElement(using: &random) ?? .dot
            let score = Int.random(in: 0...most, using: &random)
            let former = naive.best(of: account, in: game)
            switch Int.random(in: 0..<12, using: &random) {
            case 0:
                book.exclude(account)
                naive.excluded.insert(account)
            case 1:
                book.include(account)
                naive.excluded.remove(account)
            case 2:
                book.remove(account)
                naive.bests.removeAll { $0.account == account }
                naive.excluded.remove(account)
            case 3:
                let earlier = Bool.random(using: &random) ? score : nil
                book.revert(game, account: account, to: earlier)
                naive.set(earlier, of: account, in: game)
            default:
                #expect(book.put(game, account: account, score: score) == former)
                let isBetter = former.map { game == .steps ? score < $0 : score > $0 } ?? true
                if isBetter { naive.set(score, of: account, in: game) }
            }
            for game in ArcadeGameID.all {
                let asked = Int.random(in: -1...most + 1, using: &random)
                #expect(book.best(of: account, in: game) == naive.best(of: account, in: game))
                #expect(
                    book.rank(of: asked, for: account, in: game)
                        == naive.rank(of: asked, for: account, in: game))
            }
        }
    }
}

extension BestBook {
    /// The book without an account.
    fileprivate func removing(_ account: Identifier) -> BestBook {
        var book = self
        book.remove(account)
        return book
    }
}
