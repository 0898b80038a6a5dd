import Arguments
import Client
import Glibc
import Protocol

StandardStreams.openMissing()
do throws(ArgumentList.UsageError) {
    let command = try BotCommand(arguments: CommandLine.arguments) { name in
        getenv(name).map { String(cString: $0) }
    }
    do throws(BotFailure) {
        switch command {
        case .text(let text): Console.print(text)
        case .help: Console.print(BotCommand.helpText)
        case .version: Console.print("\(BotCommand.program) \(Release.version)")
        case .lines(let account, let lines): try LineBot(account, lines).run()
        case .draw(let account, let drawing): try DrawingBot(account, drawing).run()
        case .show(let account): try CanvasPrinter(account).run()
        case .click(let account, let clicking): try ClickBot(account, clicking).run()
        case .relay(let account, let relaying):
            // Without its own words the bot still solves all puzzles that need none.
            let solver = PuzzleSolver(stock: try? PuzzleStock(json: PackageResources.words_json))
            try RelayBot(account, relaying, solve: solver.answer).run()
        case .arcade(let account, let playing): try ArcadeBot(account, playing).run()
        case .call(let account, let call): try CallBot(account, call).run()
        }
    } catch {
        Console.complain(BotCommand.program, error.message)
        exit(1)
    }
} catch {
    Console.complain(BotCommand.program, "\(error.message) (see --help)")
    exit(2)
}
