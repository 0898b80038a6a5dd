import Arguments
import Testing

@testable import Bot

@Suite("The bot's command line")
struct BotCommandTests {
    private func lines(_ arguments: [String]) throws -> BotCommand.Lines? {
        let command = try BotCommand(arguments: ["pixelwars-bot"] + arguments) { _ in nil }
        return if case .lines(_, let lines) = command { lines } else { nil }
    }

    @Test("asks for play once, or again and again")
    func requeue() throws {
        #expect(try lines([])?.requeues == false)
        #expect(try lines(["--requeue"])?.requeues == true)
        #expect(try lines(["--play", "--requeue", "--pace", "9"])?.wantsToPlay == true)
        #expect(BotCommand.helpText.contains("--requeue"))
    }
}
