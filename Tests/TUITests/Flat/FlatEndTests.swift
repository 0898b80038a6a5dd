import Protocol
import Testing

@testable import TUI

/// How a session without a screen ends, and what it survives.
@Suite struct FlatEndTests {
    @Test("the input's end waits for the answers to what was asked")
    func pending() throws {
        var sample = try FlatSample.playing()
        sample.say("place")
        sample.endInput()
        #expect(!sample.session.isOver)
        sample.hear(.placed(request: 1, version: 13))
        #expect(sample.session.isOver)
        #expect(sample.session.failure == nil)
    }

    @Test("the input's end before there is a connection waits for one, and for the canvas")
    func early() throws {
        var sample = try FlatSample(purpose: .watch)
        sample.endInput()
        #expect(!sample.session.isOver)
        sample.hear(.link(.watching))
        sample.hear(.replaced(try SampleModels.image(width: 100, height: 60), epoch: 1, version: 12))
        #expect(sample.session.isOver)
        #expect(sample.said.contains("canvas: 100 by 60, version 12"))
    }

    @Test("without a connection it ends badly, and every line was answered")
    func nobody() throws {
        var sample = try FlatSample()
        sample.say("place")
        sample.endInput()
        sample.hear(.link(.waiting(attempt: 1, delayMs: 1_000, reason: "connection refused")))
        sample.pass(milliseconds: 40_000)
        #expect(sample.session.isOver)
        #expect(sample.session.failure == "no connection to 127.0.0.1:8080")
        #expect(sample.said.contains("warning: Not connected"), "\(sample.said)")
    }

    @Test("an answer that never comes holds nothing up for good")
    func silence() throws {
        var sample = try FlatSample.playing()
        sample.say("boards clicks")
        sample.say("status")
        sample.endInput()
        sample.pass(milliseconds: 60_000)
        #expect(sample.said.contains("error: the server doesn't answer"))
        #expect(sample.said.contains("status: playing"))
        #expect(sample.session.isOver)
    }

    @Test("clicks are pushed before the end")
    func clicks() throws {
        var sample = try FlatSample.playing()
        sample.hear(.clicks(.totals(GameSamples.clicks([("earth", 4, 1), ("mars", 2, 1)]))))
        sample.say("clicks")
        sample.say("click 10")
        sample.hear(.clicks(.totals(GameSamples.clicks([("earth", 4, 1), ("mars", 2, 1)]))))
        #expect(sample.commands.contains(.clicks(.click(10))))
        sample.endInput()
        #expect(!sample.session.isOver)
        sample.hear(
            .clicks(
                .accepted(ClickReceipt(game: GameSamples.game, planet: "mars", accepted: 10, total: 10))))
        #expect(sample.said.contains("click war: 10 clicks taken for Mars, 10 in all"), "\(sample.said)")
        #expect(sample.session.isOver)
    }

    @Test("nothing wakes the program while nothing happens")
    func idle() throws {
        var sample = try FlatSample.playing()
        sample.pass(milliseconds: 20_000)
        #expect(sample.session.deadlineMs == nil)
    }

    @Test("what others are called, or say, can't command a terminal or begin a line of its own")
    func hostileNames() throws {
        var sample = try FlatSample.playing()
        let eve = AccountName(id: Identifier(rawValue: 99), name: "\u{1b}[2J\u{202e}Eve\nstatus: away\u{7}")
        var view = try GameSamples.view(.waiting, points: [100])
        view.players.append(RelayPlayer(account: eve, points: 5, isActive: true, solves: 0))
        sample.say("relays")
        sample.hear(.relays(.list([view])))
        sample.hear(.relays(.entered(view)))
        sample.say("boards relay")
        let entry = LeaderboardAnswer.Entry(rank: 1, account: eve, score: 3)
        sample.hear(.boards(.board(LeaderboardAnswer(board: .relay, period: .all, entries: [entry]))))
        sample.say("who")
        let pixel = Pixel(x: 50, y: 30, color: 0)
        sample.hear(.canvas(.cell(PixelAnswer(pixel: pixel, version: 3, account: eve, placedAtMs: nil))))
        sample.hear(.link(.closed("\u{1b}]0;gone\u{7}\nrelay: over")))
        #expect(sample.said.count { $0.contains("Eve status: away") } >= 3, "\(sample.said)")
        #expect(
            sample.said.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x202e } })
    }

    @Test("whatever a person types, each line is answered in words without controls, and nothing breaks")
    func noise() throws {
        var sample = try FlatSample.playing()
        var random = SeededGenerator(seed: 6)
        let words =
            FlatCommand.forms.map(\.word) + [
                "3", "-1", "all", "row", "\u{1b}[31m", "\u{202e}", "é", "家族", "99999999999", "on", "BKWXRM",
                "",
            ]
        for _ in 0..<2_000 {
            let count = Int(random.next() % 4)
            let line = (0...count).map { _ in words[Int(random.next() % UInt64(words.count))] }
            guard line.first != "quit" else { continue }
            sample.say(line.joined(separator: " "))
            // Nobody answers, and no line waits for longer than this.
            sample.pass(milliseconds: 11_000)
        }
        sample.pass(milliseconds: 60_000)
        #expect(!sample.session.isOver)
        let isBad: (Unicode.Scalar) -> Bool = {
            $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
                || (0x2500...0x259f).contains($0.value)
        }
        #expect(!sample.said.contains { $0.unicodeScalars.contains(where: isBad) })
        #expect(sample.said.count > 1_000)
    }
}
