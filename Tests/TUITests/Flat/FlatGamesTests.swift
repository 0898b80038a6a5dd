import Protocol
import Testing

@testable import TUI

/// The games in words.
@Suite struct FlatGamesTests {
    @Test("the list of relays is read with numbers that lead to them")
    func list() throws {
        var sample = try FlatSample.playing()
        sample.say("relays")
        #expect(sample.commands == [.relays(.list)])
        sample.hear(.relays(.list([try GameSamples.view(.waiting, points: [0, 100])])))
        #expect(sample.said == ["relay: 1: code B K W X R M, waiting, 2 of 8 players: Ada, Grace"])
        sample.say("watch 1")
        #expect(sample.commands.last == .relays(.enter(GameSamples.relay)))
        sample.say("join BKW")
        sample.hear(.relays(.failed(Failure(.relayFull, ""))))
        #expect(sample.said.contains("warning: That relay is full"))
        #expect(sample.said.last == "error: a code has six letters, none a vowel")
    }

    @Test("whoever begins at a page hears what is there")
    func firstPage() throws {
        var sample = try FlatSample(page: .relays)
        sample.hear(.link(.signingIn))
        sample.hear(.link(.connecting(attempt: 1)))
        sample.say("help place")
        #expect(
            sample.said.last?.hasPrefix("help: place: ") == true,
            "what needs nobody doesn't wait for the list")
        try sample.connect()
        sample.hear(.relays(.list([])))
        #expect(sample.said.last == "relay: nobody relays right now; new opens one")
    }

    @Test("a relay is told from its puzzle to its end")
    func relay() throws {
        var sample = try FlatSample.playing()
        sample.say("join BKWXRM")
        #expect(sample.commands.last == .relays(.join(try #require(RelayReference("BKWXRM")))))
        sample.hear(.relays(.entered(try GameSamples.view(.waiting, points: [100, 100]))))
        #expect(
            sample.said.suffix(2) == [
                "relay: code B K W X R M, waiting for players, in the ring: Ada (you), Grace",
                "relay: start begins it, exit leaves the room",
            ])
        func hear(_ kind: RelayEvent.Kind) {
            sample.hear(.relays(.event(RelayEvent(relay: GameSamples.relay, kind))))
        }
        hear(.state(try GameSamples.view(.waiting, points: [100, 100]), puzzle: nil))
        sample.say("start")
        hear(.started(try GameSamples.view(.running, points: [100, 100])))
        #expect(
            sample.commands.suffix(2) == [
                .relays(.start(GameSamples.relay)), .relays(.newPuzzle(GameSamples.relay)),
            ])
        #expect(sample.said.contains("relay: what you solve goes to Grace"))
        sample.hear(.relays(.puzzle(GameSamples.sum)))
        #expect(sample.said.last == "puzzle: how much is 17 + 4 × 3?")
        sample.say("answer 29")
        let attempt = PuzzleAttempt(puzzle: GameSamples.sum.id, answer: "29")
        #expect(sample.commands.last == .relays(.answer(GameSamples.relay, attempt)))
        hear(
            .solved(
                by: GameSamples.account(0), puzzle: GameSamples.sum.id, worth: 12,
                awardedTo: GameSamples.account(1)))
        #expect(sample.said.last == "puzzle: Right: +12 to Grace")
        sample.forget()
        hear(.pointsChanged(.decay, GameSamples.players([49, 110]), leftMs: 200_000))
        hear(.eliminated(GameSamples.account(1)))
        hear(
            .ended(
                .lastStanding, GameSamples.players([49, 0]),
                awards: [RelayAward(account: GameSamples.account(0), profilePoints: 30)]))
        sample.pass(milliseconds: 5_000)
        #expect(sample.said.contains("relay: you have 49 points"))
        #expect(sample.said.contains("relay: Grace is out"))
        #expect(
            sample.said.contains("relay: Ada: 49 points left, 0 solved, earned 30 points"), "\(sample.said)")
        sample.say("exit")
        #expect(sample.said.last == "relay: you left the room")
    }

    @Test("a memory puzzle's question comes when its time to remember is over")
    func memory() throws {
        var sample = try FlatSample.playing()
        sample.say("join BKWXRM")
        sample.hear(.relays(.entered(try GameSamples.view(.waiting, points: [100, 100]))))
        let running = try GameSamples.view(.running, points: [100, 100])
        sample.hear(
            .relays(.event(RelayEvent(relay: GameSamples.relay, .state(running, puzzle: GameSamples.memory))))
        )
        #expect(!sample.said.contains("puzzle: How many are filled in row 3?"))
        sample.pass(milliseconds: 4_100)
        #expect(sample.said.last == "puzzle: How many are filled in row 3?")
    }

    @Test("an ad is read and goes on by itself, and the line that it stood before is done then")
    func ad() throws {
        var sample = try FlatSample.playing()
        sample.session.model.ads.gate = AdGate()
        sample.say("clicks")
        #expect(sample.commands.contains(.ads(.next(before: Page.clicks.adPage))))
        #expect(sample.session.model.page == .ad)
        sample.say("status")
        sample.hear(.ads(.next(try ArcadeSamples.ad(ArcadeSamples.textAd), before: Page.clicks.adPage)))
        #expect(
            sample.said.contains { $0.hasPrefix("ad: ") && $0.hasSuffix("in 5 seconds") }, "\(sample.said)")
        sample.pass(milliseconds: 5_500)
        #expect(sample.session.model.page == .clicks)
        sample.hear(.clicks(.totals(GameSamples.clicks([("earth", 3, 1), ("mars", 1, 1)]))))
        #expect(sample.said.contains("planet: Earth, 3 clicks, 75 percent, 1 player"), "\(sample.said)")
        #expect(sample.said.contains("status: playing"))
    }

    @Test("a skin is bought after a yes, and worn by its name")
    func shop() throws {
        var sample = try FlatSample.playing()
        sample.say("shop")
        let offers = try SkinSamples.offers()
        let free = try #require(offers.firstIndex { !$0.isOwned })
        let offer = offers[free]
        sample.hear(
            .profile(
                MeAnswer(
                    account: GameSamples.account(0), status: .playing, points: offer.skin.price + 5, roles: []
                )))
        sample.hear(.shop(.offers(offers)))
        #expect(
            sample.said.contains { $0.hasPrefix("shop: \(free + 1): \(offer.skin.title), ") },
            "\(sample.said)")
        sample.say("yes")
        #expect(sample.said.last == "warning: there is nothing to say yes to; say buy")
        sample.say("buy \(free + 1)")
        #expect(sample.said.last?.contains("5 points will be left; say yes to buy it, or no") == true)
        sample.say("yes")
        #expect(sample.commands.last == .shop(.buy(offer.skin.id)))
        sample.hear(.shop(.bought(PurchaseAnswer(skin: offer.skin.id, points: 5))))
        #expect(
            sample.said.contains("news: \(offer.skin.title) is yours: say wear to wear it"), "\(sample.said)")
        sample.say("wear \(offer.skin.title)")
        #expect(sample.commands.last == .shop(.wear(offer.skin.id)))
    }

    @Test("a leaderboard is read best first, and one's own place is named")
    func board() throws {
        var sample = try FlatSample.playing()
        sample.say("boards relay week")
        #expect(sample.commands.last == .board(.relay, .week))
        let entries = [1, 0].enumerated().map {
            LeaderboardAnswer.Entry(
                rank: $0.offset + 1, account: GameSamples.account($0.element), score: 1_200)
        }
        sample.hear(.boards(.board(LeaderboardAnswer(board: .relay, period: .week, entries: entries))))
        #expect(
            sample.said == [
                "board: relay this week", "board: 1st: Grace, 1,200", "board: 2nd: Ada (you), 1,200",
            ])
    }

    @Test("words to the host are sent, and the arcade says why it isn't here")
    func feedback() throws {
        var sample = try FlatSample.playing()
        sample.say("feedback well  done")
        guard case .feedback(let message)? = sample.commands.last else {
            Issue.record("\(sample.commands)")
            return
        }
        #expect(message.text == "well  done")
        sample.hear(.feedback(.sent))
        #expect(sample.said == ["feedback: Sent: thank you"])
        sample.say("arcade")
        #expect(sample.said.last?.hasPrefix("warning: the arcade isn't here") == true)
    }
}
