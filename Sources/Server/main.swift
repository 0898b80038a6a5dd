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
        do throws(HostProgram.Failure) {
            try command.run()
        } catch {
            Console.complain(program, error.message)
            exit(1)
        }
    case .serve(let configuration):
        let log = Log(level: configuration.logLevel, format: configuration.logFormat)
        do throws(ServerProcess.StartFailure) {
            try ServerProcess(configuration: configuration, log: log).run()
        } catch {
            Console.complain(program, error.message)
            exit(1)
        }
    }
} catch {
    Console.complain(program, "\(error.message) (see --help)")
    exit(2)
}
