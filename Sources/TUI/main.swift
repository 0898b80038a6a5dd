import Arguments
import Client
import Glibc
import Protocol

let programName = "pixelwars"
StandardStreams.openMissing()
do throws(ArgumentList.UsageError) {
    let invocation = try Invocation.parse(CommandLine.arguments) { name in
        getenv(name).map { String(cString: $0) }
    }
    do throws(ProgramFailure) {
        try invocation.run()
    } catch {
        Complaint(code: .failed, message: error.message).say(to: CommandLine.arguments)
        exit(1)
    }
} catch {
    let message = error.isExplained ? "\(error.message) (see --help)" : error.message
    Complaint(code: .usage, message: message).say(to: CommandLine.arguments)
    exit(2)
}
