import Engine
import Protocol
import Testing

@testable import Server

@Suite struct LogEventLinesTests {
    private static let account = Identifier(rawValue: 5)
    private static let run = Identifier(rawValue: 7)

    private func text(_ event: LogEvent) -> String {
        let line = Log.Line(event)
        return Log(level: .debug, format: .text).rendered("T", line.level, line.event, line.fields)
    }

    @Test func `a run's begin and end are told with its result`() {
        #expect(
            text(.runStarted(Self.run, .shakyDot, account: Self.account))
                == "T info run_started run=0000000000007 game=shaky_dot account=0000000000005")
        let result = RunResult(
            run: Self.run, game: .dot, reason: .time, score: 40, rank: 1, multiplierPercent: 300,
            profilePoints: 120)
        #expect(
            text(.runEnded(result, account: Self.account))
                == "T info run_ended run=0000000000007 game=dot account=0000000000005 reason=time score=40 points=120"
        )
    }

    @Test func `what a person should look at is a warning`() {
        #expect(
            text(.flagged(account: Self.account, .offTarget, evidence: "dot run 7"))
                == "T warning flagged account=0000000000005 reason=off_target evidence=\"dot run 7\"")
        #expect(
            text(.banned(account: Self.account, reason: "Bursts\n!", untilMs: nil))
                == "T warning banned account=0000000000005 reason=\"Bursts\\u000a!\" until=\"for good\"")
        #expect(text(.banEnded(account: Self.account)) == "T info ban_ended account=0000000000005")
        #expect(text(.knobSet(.maxPlayers, .number(7))) == "T warning knob name=max-players value=7")
        #expect(
            text(.knobSet(.ads, nil)) == "T warning knob name=ads value=\"as the option says\"")
        #expect(text(.announced(text: "Hi")) == "T info announced message=Hi")
        #expect(text(.unbanned(account: Self.account)) == "T warning unbanned account=0000000000005")
        #expect(text(.flagsCleared(account: Self.account)) == "T info flags_cleared account=0000000000005")
    }

    @Test func `points that come and skins that are bought are told`() throws {
        let skin = try #require(SkinID(rawValue: "noir"))
        #expect(
            text(.loginBonus(account: Self.account, points: 15, streakDays: 2))
                == "T info login_bonus account=0000000000005 points=15 streak_days=2")
        #expect(
            text(.skinBought(account: Self.account, skin))
                == "T info skin_bought account=0000000000005 skin=noir")
        #expect(text(.skinInstalled(skin)) == "T info skin_installed skin=noir")
    }

    @Test func `that someone wrote is told, and nothing of what`() {
        #expect(
            text(.feedbackGiven(holder: Self.account)) == "T info feedback_given holder=0000000000005")
    }
}
