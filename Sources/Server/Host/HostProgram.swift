import Arguments
import Engine
import Protocol
import Storage
import Transport

/// A host's command, such as `pixelwars-server review list`: speaks to the live server of a data directory, or
/// works on the directory itself.
struct HostProgram: Equatable {
    let order: HostOrder
    let wantsJSON: Bool
    let configuration: ServerConfiguration

    /// Why a command can't be done, in one line for the host.
    struct Failure: FailureWithMessage, Equatable {
        let message: String
    }

    /// Does it and prints what came of it.
    func run() throws(Failure) {
        let answer = try answer()
        Console.print(wantsJSON ? HostReport.json(answer) : HostReport.text(answer))
    }

    /// Does it; a refusal is a failure.
    func answer() throws(Failure) -> HostAnswer {
        let answer = try ask(try order.command())
        if case .refused(_, let message) = answer { throw Failure(message: message) }
        return answer
    }

    private func ask(_ command: HostCommand) throws(Failure) -> HostAnswer {
        do throws(TransportError) {
            if let bytes = try LocalCall.send(
                HostWire.encode(command), directory: configuration.dataDirectory, name: HostWire.socketName,
                timeoutMs: command.timeoutMs, maxAnswerBytes: Limits.maxHostAnswerBytes)
            {
                guard let answer = HostWire.answer(bytes) else {
                    throw TransportError(.protocolViolation, "the server's answer can't be read")
                }
                return answer
            }
        } catch {
            throw Failure(message: "the server of \(configuration.dataDirectory): \(error.message)")
        }
        do throws(StorageError) {
            var server = try OfflineServer(configuration)
            return server.run(command)
        } catch {
            throw Failure(message: error.description)
        }
    }
}
