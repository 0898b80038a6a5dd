import Arguments
import Engine
import Protocol
import Storage
import Transport

/// `pixelwars-server admin …`: speaks to the live server of a data directory, or works on the directory itself.
struct AdminProgram: Equatable {
    let command: HostCommand
    let wantsJSON: Bool
    let configuration: ServerConfiguration

    /// Why a command can't be done, in one line for the host.
    struct Failure: Error {
        let message: String
    }

    static let usage = """
        pixelwars-server admin list [--all] [--json]       who plays, waits, is connected or has a role
        pixelwars-server admin kick ACCOUNT                end their play and close their socket
        pixelwars-server admin grant ACCOUNT ROLE          player, moderator or admin
        """

    /// Reads the words after `admin`.
    init(
        words: [String], showsAll: Bool, wantsJSON: Bool, _ configuration: ServerConfiguration
    ) throws(ArgumentList.UsageError) {
        switch words.first {
        case "list" where words.count == 1: command = .list(all: showsAll)
        case "kick" where words.count == 2: command = .kick(account: words[1])
        case "grant" where words.count == 3:
            guard let role = Role(rawValue: words[2]) else {
                let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw ArgumentList.UsageError("\"\(words[2])\" is no role: \(roles)")
            }
            command = .grant(account: words[1], role: role)
        default: throw ArgumentList.UsageError("usage:\n\(Self.usage)")
        }
        guard HostWire.encode(command).count <= Limits.maxHostCommandBytes else {
            throw ArgumentList.UsageError("that is too long for an account")
        }
        self.wantsJSON = wantsJSON
        self.configuration = configuration
    }

    /// Does it and prints what came of it.
    func run() throws(Failure) {
        let answer = try ask()
        if case .refused(_, let message) = answer { throw Failure(message: message) }
        Console.print(wantsJSON ? HostReport.json(answer) : HostReport.text(answer))
    }

    private func ask() throws(Failure) -> HostAnswer {
        do throws(TransportError) {
            if let bytes = try LocalCall.send(
                HostWire.encode(command), directory: configuration.dataDirectory, name: HostWire.socketName,
                timeoutMs: Limits.hostCommandTimeoutMs, maxAnswerBytes: Limits.maxHostAnswerBytes)
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
