import Arguments
import Client
import Protocol

extension Invocation {
    /// Does what was asked for.
    func run() throws(ProgramFailure) {
        switch self {
        case .help: Console.print(Self.usage)
        case .version: Console.print("pixelwars \(Release.version)")
        case .screen(let program): try program.run()
        case .export(let program): try program.run()
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
