import FoundationEssentials
import Protocol

/// Hosts' commands and answers as they pass the control socket: one JSON document each way.
enum HostWire {
    /// The socket's name in the data directory.
    static let socketName = "control.sock"

    /// A command as one line.
    static func encode(_ command: HostCommand) -> [UInt8] { bytes(command) }

    /// An answer.
    static func encode(_ answer: HostAnswer) -> [UInt8] { bytes(answer) }

    /// A request for a copy as one line.
    static func encode(_ request: BackupRequest) -> [UInt8] { bytes(request) }

    /// Reads a request for a copy; nil for anything that isn't one.
    static func backupRequest(_ bytes: [UInt8]) -> BackupRequest? {
        try? JSONDecoder().decode(BackupRequest.self, from: Data(bytes))
    }

    /// Reads a command; nil for anything that isn't one.
    static func command(_ bytes: [UInt8]) -> HostCommand? {
        try? JSONDecoder().decode(HostCommand.self, from: Data(bytes))
    }

    /// Reads an answer; nil for anything that isn't one.
    static func answer(_ bytes: [UInt8]) -> HostAnswer? {
        try? JSONDecoder().decode(HostAnswer.self, from: Data(bytes))
    }

    private static func bytes(_ value: some Encodable) -> [UInt8] {
        guard let json = try? JSONEncoder().encode(value) else {
            preconditionFailure("texts and whole numbers always have a JSON form")
        }
        return [UInt8](json)
    }
}
