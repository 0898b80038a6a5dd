import Arguments
import Client
import Glibc
import Protocol

let programName = "pixelwars"
do throws(ArgumentList.UsageError) {
    let invocation = try Invocation.parse(CommandLine.arguments) { name in
        getenv(name).map { String(cString: $0) }
    }
    do throws(ProgramFailure) {
        try invocation.run()
    } catch {
        Console.complain(programName, error.message)
        exit(1)
    }
} catch {
    Console.complain(programName, "\(error.message) (see --help)")
    exit(2)
}
