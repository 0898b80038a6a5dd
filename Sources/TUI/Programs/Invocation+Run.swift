import Arguments
import Client
import Glibc
import Protocol

extension Invocation {
    /// Does what was asked for.
    func run() throws(ProgramFailure) {
        switch self {
        case .text(let text): Console.print(text)
        case .help: Console.print(Self.usage)
        case .version(let isJSON):
            let report = OrderedJSON.fields([
                ("name", .text(programName)), ("version", .text(Release.version)),
            ])
            Console.print(isJSON ? report.json : "\(programName) \(Release.version)")
        case .screen(let program): try program.run()
        case .printConfig(let config): Console.print(config.node.json)
        case .health(let program):
            let report = program.report()
            Console.print(program.isJSON ? report.json : report.text)
            // A script is to notice.
            if !report.problems.isEmpty { exit(1) }
        case .export(let program):
            if let words = try program.run() { Console.print(words) }
        case .timelapse(let program):
            if let words = try program.run() { Console.print(words) }
        case .studio(let program): try program.run()
        case .key(let program):
            let keyring: Keyring
            do throws(KeyringError) {
                keyring = try Keyring.standard()
            } catch { throw ProgramFailure(error.description) }
            Console.print(try program.run(keyring: keyring))
        }
    }
}
