import Arguments
import FoundationEssentials
import Glibc
import Protocol

let program = "pixelwars-server"
StandardStreams.openMissing()
do throws(ArgumentList.UsageError) {
    switch try ServerCommand(
        arguments: CommandLine.arguments, environment: ProcessInfo.processInfo.environment)
    {
    case .text(let text):
        Console.print(text)
    case .help:
        Console.print(ServerCommand.helpText)
    case .version:
        Console.print("\(program) \(Release.version)")
    case .printConfiguration(let configuration):
        Console.print(ServerCommand.configurationText(configuration))
    case .host(let command):
        runOrExit(program) { () throws(HostProgram.Failure) in try command.run() }
    case .data(let command):
        runOrExit(program) { () throws(HostProgram.Failure) in try command.run() }
    case .serve(let configuration):
        let log = Log(
            level: configuration.logLevel, format: configuration.logFormat,
            isForJournal: JournalStream.takesErrors(ProcessInfo.processInfo.environment))
        runOrExit(program) { () throws(ServerProcess.StartFailure) in
            try ServerProcess(configuration: configuration, log: log).run()
        }
    }
} catch {
    Console.complain(program, "\(error.message) (see --help)")
    exit(2)
}
