import Client
import Glibc
import Protocol

/// Lines on standard output and standard error.
enum Console {
    /// One line on standard output.
    static func print(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

    /// One line on standard error, with the program's name.
    static func complain(_ program: String, _ line: String) {
        write("\(program): \(line)\n", to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}

extension Invocation {
    /// Does what was asked for.
    func run() throws(ProgramFailure) {
        switch self {
        case .help: Console.print(Self.usage)
        case .version: Console.print("pixelwars \(Release.version)")
        case .canvas(let program): try program.run()
        case .export(let program): try program.run()
        case .key(let program):
            let keyring: Keyring
            do throws(KeyringError) {
                keyring = try Keyring.standard()
            } catch { throw ProgramFailure(error.description) }
            Console.print(try program.run(keyring: keyring))
        }
    }
}
