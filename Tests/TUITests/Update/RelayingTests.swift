import Protocol
import Testing

@testable import TUI

@Suite struct RelayingTests {
    private let ada = GameSamples.account(0)
    private let grace = GameSamples.account(1)

    private func lobby() throws -> Model {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.go(.relays)
        _ = model.hear(
            .list([
                try GameSamples.view(
                    .waiting, points: [0, 0, 0], relay: Identifier(rawValue: 80), code: "DFGLPV"),
                try GameSamples.view(
                    .running, points: [5, 5], relay: Identifier(rawValue: 81), code: "QZTHJN"),
                try GameSamples.view(.waiting, points: [], code: "BKWXRM"),
            ]))
        model.accountID = Identifier(rawValue: 99)
        return model
    }

    private func race(_ points: [Int] = [50, 60, 70], puzzle: PuzzleView? = GameSamples.sum) throws -> Model {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        try model.relay(points, puzzle: puzzle)
        return model
    }

    // MARK: Lobby

    @Test("a relay is chosen, joined while it waits, watched once it runs")
    func choose() throws {
        var model = try lobby()
        let first = RelayReference.id(Identifier(rawValue: 80))
        #expect(model.press([KeyPress(.enter)]) == [.relays(.join(first))])
        #expect(model.type("jw") == [.relays(.enter(Identifier(rawValue: 81)))])
        #expect(model.press([KeyPress(.enter)]) == [])
        #expect(model.toast?.text == "It has begun: w watches")
        _ = model.press([KeyPress(.end), KeyPress(.down), KeyPress(.up)])
        #expect(model.relays.chosen == 1)
    }

    @Test("whoever is in a running relay comes back to it")
    func comesBack() throws {
        var model = try lobby()
        model.accountID = grace.id
        #expect(model.type("j") == [])
        #expect(model.press([KeyPress(.enter)]) == [.relays(.enter(Identifier(rawValue: 81)))])
    }

    @Test("the choice stays on its relay when the list comes anew")
    func staysChosen() throws {
        var model = try lobby()
        _ = model.press([KeyPress(.end)])
        _ = model.hear(.list([try GameSamples.view(.waiting, points: [])]))
        #expect(model.relays.chosen == 0 && model.relays.chosenRelay?.relay == GameSamples.relay)
        _ = model.hear(.list([]))
        #expect(model.press([KeyPress(.enter)]) == [])
    }

    @Test("a click chooses, a second one joins")
    func mouse() throws {
        var model = try lobby()
        let row = LobbyLayout(model).area.row + 2
        #expect(model.mouse(.press(.left), column: 5, row: row) == [])
        #expect(model.relays.chosen == 2)
        #expect(model.mouse(.press(.left), column: 5, row: row) == [.relays(.join(.id(GameSamples.relay)))])
    }

    @Test("a code is typed or pasted as people write it, and joins only when it is whole")
    func code() throws {
        var model = try lobby()
        _ = model.type("cbk w-")
        _ = model.press([KeyPress(.enter)])
        #expect(model.overlay == .code(model.prompt("BKW")))
        _ = model.update(.input(.paste("xrm zz")), nowMs: 60_000)
        let code = try #require(RelayCode("BKWXRM"))
        #expect(model.press([KeyPress(.enter)]) == [.relays(.join(.code(code)))])
        #expect(model.overlay == .none)
        _ = model.type("cbc")
        _ = model.press([KeyPress(.backspace), KeyPress(.backspace), KeyPress(.escape)])
        #expect(model.overlay == .none)
    }

    @Test("a new relay is listed or off the list; its room is entered when the server says so")
    func create() throws {
        var model = try lobby()
        var options = RelayOptions()
        #expect(model.type("n") == [.relays(.create(options))])
        options.isPrivate = true
        #expect(model.type("N") == [.relays(.create(options))])
        _ = model.hear(.entered(try GameSamples.view(.waiting, points: [100])))
        #expect(model.keyScene == .waiting)
        _ = model.hear(RelayReport.failed(Failure(.relayFull, "full")))
        #expect(model.toast?.text == "That relay is full")
    }

    // MARK: Waiting

    @Test("a player starts the relay; whoever looks on may not")
    func start() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.go(.relays)
        _ = model.hear(.entered(try GameSamples.view(.waiting, points: [100, 100])))
        #expect(model.type("s") == [.relays(.start(GameSamples.relay))])
        model.accountID = Identifier(rawValue: 99)
        #expect(model.type("s") == [])
        #expect(model.toast?.text == "Only its players may start it")
    }

    @Test("when it begins, a puzzle is asked for")
    func begins() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.go(.relays)
        _ = model.hear(.entered(try GameSamples.view(.waiting, points: [100, 100])))
        let commands = model.hear(.started(try GameSamples.view(.running, points: [100, 100])))
        #expect(commands == [.relays(.newPuzzle(GameSamples.relay))])
        #expect(model.keyScene == .answering)
        _ = model.hear(RelayReport.failed(Failure(.puzzleOpen, "open")))
        #expect(model.toast == nil, "another one was on its way")
        _ = model.hear(.puzzle(GameSamples.sum))
        #expect(model.relays.room?.puzzle == GameSamples.sum)
    }

    // MARK: Answering

    @Test("an answer is sent once and without blanks around it, until it is judged")
    func answer() throws {
        var model = try race()
        _ = model.type(" 29 ")
        let attempt = PuzzleAttempt(puzzle: GameSamples.sum.id, answer: "29")
        #expect(model.press([KeyPress(.enter)]) == [.relays(.answer(GameSamples.relay, attempt))])
        #expect(model.press([KeyPress(.enter)]) == [])
        _ = model.hear(.failed(by: ada, puzzle: GameSamples.sum.id, penalty: 5), atMs: 61_000)
        #expect(model.relays.verdict?.words == "Wrong: −5, try again")
        #expect(model.relays.room?.puzzle == GameSamples.sum, "the puzzle stays open")
        _ = model.type("30")
        #expect(model.press([KeyPress(.enter)]).count == 1)
        _ = model.hear(
            .solved(by: ada, puzzle: GameSamples.sum.id, worth: 12, awardedTo: grace), atMs: 62_000)
        #expect(model.relays.verdict?.words == "Right: +12 to Grace")
        #expect(model.relays.room?.puzzle == nil && model.relays.answer.isEmpty)
        _ = model.update(.clock, nowMs: 62_000 + RelayDesk.Verdict.shownMs)
        #expect(model.relays.verdict == nil)
    }

    @Test("what others answer judges nothing of ours")
    func others() throws {
        var model = try race()
        _ = model.type("2")
        _ = model.hear(.failed(by: grace, puzzle: Identifier(rawValue: 901), penalty: 5))
        #expect(model.relays.verdict == nil && model.relays.answer.text == "2")
        #expect(model.relays.room?.latest(1).map(\.words) == ["Grace answered wrong: −5"])
    }

    @Test("a refused answer can be sent again")
    func refused() throws {
        var model = try race()
        _ = model.type("29")
        _ = model.press([KeyPress(.enter)])
        _ = model.hear(RelayReport.failed(Failure(.rateLimited, "slow", retryAfterMs: 700)))
        #expect(model.toast?.text == "Wait 0.7 s")
        #expect(model.relays.answer.text == "29")
        #expect(model.press([KeyPress(.enter)]).count == 1)
    }

    @Test("the award goes to the next one in the ring who is still in")
    func heir() throws {
        var model = try race([50, 0, 70, 80])
        #expect(model.relays.room?.heir(of: ada.id)?.account == GameSamples.account(2))
        _ = model.hear(.pointsChanged(.decay, GameSamples.players([50, 0, 0, 80]), leftMs: 9_000))
        #expect(model.relays.room?.heir(of: ada.id)?.account == GameSamples.account(3))
        _ = model.hear(.pointsChanged(.decay, GameSamples.players([50, 0, 0, 0]), leftMs: 9_000))
        #expect(model.relays.room?.heir(of: ada.id) == nil)
    }

    @Test("a change of points stands out for a moment")
    func change() throws {
        var model = try race()
        _ = model.hear(
            .pointsChanged(.award, GameSamples.players([50, 72, 70]), leftMs: 200_000), atMs: 61_000)
        #expect(model.relays.room?.change(of: grace.id, nowMs: 61_000)?.points == 12)
        #expect(model.relays.room?.change(of: ada.id, nowMs: 61_000) == nil)
        let end = 61_000 + RelayRoom.Change.shownMs
        #expect((model.deadlineMs ?? .max) <= end)
        #expect(model.relays.room?.change(of: grace.id, nowMs: end) == nil)
    }

    @Test("a memory puzzle hides after its time, also when it is told again after a lost connection")
    func memory() throws {
        var model = try race(puzzle: GameSamples.memory)
        #expect(model.relays.room?.hidesPuzzle(nowMs: 63_999) == false)
        let running = try GameSamples.view(.running, points: [50, 60, 70])
        _ = model.hear(.state(running, puzzle: GameSamples.memory), atMs: 63_000)
        _ = model.update(.clock, nowMs: 63_100)
        #expect((model.deadlineMs ?? .max) <= 64_000)
        #expect(model.relays.room?.hidesPuzzle(nowMs: 64_000) == true)
    }

    // MARK: Leaving

    @Test("Esc twice leaves a relay that runs, x twice one that waits; a watcher leaves at once")
    func leave() throws {
        var model = try race()
        #expect(model.press([KeyPress(.escape)]) == [])
        #expect(model.press([KeyPress(.escape)]) == [.relays(.leave(GameSamples.relay)), .relays(.list)])
        #expect(model.keyScene == .lobby)
        _ = model.hear(.pointsChanged(.decay, GameSamples.players([49, 59, 69]), leftMs: 1_000))
        _ = model.hear(.state(try GameSamples.view(.running, points: [1, 1]), puzzle: nil))
        #expect(model.keyScene == .lobby, "a late word doesn't pull anyone back")
        var watcher = try race(puzzle: nil)
        watcher.accountID = Identifier(rawValue: 99)
        #expect(watcher.keyScene == .watched)
        #expect(watcher.type("x").first == .relays(.leave(GameSamples.relay)))
    }

    @Test("the second press must come soon")
    func leaveLate() throws {
        var model = try race()
        _ = model.press([KeyPress(.escape)])
        _ = model.update(.clock, nowMs: 60_000 + Toast.lifetimeMs)
        #expect(model.press([KeyPress(.escape)], nowMs: 64_000) == [])
    }

    @Test("who is out looks on without an answer line")
    func out() throws {
        var model = try race()
        _ = model.hear(.eliminated(ada))
        #expect(model.keyScene == .watched)
        #expect(model.type("q") == [.quit])
    }

    @Test("who is shut out of a room is back in the list")
    func shutOut() throws {
        var model = try race()
        let commands = model.hear(.shutOut(GameSamples.relay, Failure(.notFound, "no such relay")))
        #expect(commands == [.relays(.list)])
        #expect(model.keyScene == .lobby && model.toast?.text == "no such relay")
    }

    @Test("the end shows the result until a key goes back")
    func end() throws {
        var model = try race()
        let awards = [RelayAward(account: ada, profilePoints: 30)]
        _ = model.hear(.ended(.lastStanding, GameSamples.players([10, 0, 0]), awards: awards))
        #expect(model.keyScene == .result)
        let frame = View.frame(of: model)
        let text = (0..<24).map { GridText.characters(frame, row: $0) }.joined()
        #expect(text.contains("You earned 30 profile points") && text.contains("last one standing"))
        #expect(model.press([KeyPress(.enter)]).first == .relays(.leave(GameSamples.relay)))
    }

    @Test(
        "whatever a server says, a frame keeps its width and holds no command", arguments: [36, 62, 80, 120],
        [8, 24, 40])
    func hostile(columns: Int, rows: Int) throws {
        let evil =
            "\u{1b}[2J日本語🎨\u{202e}e\u{301}\r\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        let player = AccountName(id: ada.id, name: evil)
        var view = try GameSamples.view(.running, points: [Int.max / 4, 0, 3])
        view.players[0].account = player
        view.options.startPoints = 0
        let texts: [PuzzleData] = [
            .logic(people: [evil], items: [evil], clues: [evil], question: evil),
            .arithmetic(expression: evil),
            .memory(rows: [evil], showMs: .max, question: evil), .rotation(shape: [evil], options: [[evil]]),
        ]
        for data in texts {
            var model = try SampleModels.playing(columns: columns, rows: rows)
            _ = model.go(.relays)
            _ = model.hear(.list([view]))
            try PlacementTests.check(model)
            _ = model.hear(.entered(view))
            _ = model.hear(.state(view, puzzle: GameSamples.puzzle(data)))
            _ = model.hear(.solved(by: player, puzzle: Identifier(rawValue: 1), worth: 1, awardedTo: player))
            _ = model.update(.input(.paste(evil)), nowMs: 60_000)
            try PlacementTests.check(model)
            _ = model.hear(.ended(.time, view.players, awards: []))
            try PlacementTests.check(model)
            _ = model.go(.clicks)
            _ = model.hear(.totals(GameSamples.clicks([(evil, 5, 1), ("mars", .max / 4, .max / 4)])))
            try PlacementTests.check(model)
        }
    }
}

extension Model {
    /// A prompt with letters in it.
    fileprivate func prompt(_ letters: String) -> CodePrompt {
        var prompt = CodePrompt()
        prompt.add(letters)
        return prompt
    }
}
