import Engine
import Protocol

extension Log {
    /// Writes what the engine wants logged.
    func write(_ event: LogEvent) {
        switch event {
        case .storageRefusing(.full):
            write(.error, "storage_refuses_writes", ["reason": "no space left; trying again each second"])
        case .storageRefusing(.broken(let reason)):
            write(
                .error, "storage_refuses_writes", ["reason": .text("\(reason); reads only until a restart")])
        case .storageRecovered:
            write(.warning, "storage_takes_writes_again")
        case .evicted(let connection, let account, let bytes):
            write(
                .info, "evicted_slow_client",
                [
                    "connection": .number(Int64(connection.rawValue)), "account": .text(account.description),
                    "unsent_bytes": .number(Int64(bytes)),
                ])
        case .registered(let account): write(.info, "registered", ["account": .text(account.description)])
        case .signedIn(let account, let session):
            write(
                .info, "signed_in",
                ["account": .text(account.description), "session": .text(session.description)])
        case .playing(let account): write(.info, "playing", ["account": .text(account.description)])
        case .left(let account): write(.info, "left", ["account": .text(account.description)])
        case .replaced(let account): write(.info, "socket_replaced", ["account": .text(account.description)])
        case .snapshot(let version, let bytes):
            write(.debug, "snapshot", ["version": .number(version), "bytes": .number(Int64(bytes))])
        case .draining(let connections):
            write(.info, "draining", ["connections": .number(Int64(connections))])
        }
    }
}
