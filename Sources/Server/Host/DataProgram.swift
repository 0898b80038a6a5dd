import Arguments
import FoundationEssentials
import Glibc
import Protocol
import Storage
import Transport

/// A host's command about a data directory as a whole, such as `pixelwars-server backup FILE`.
struct DataProgram: Equatable {
    let order: DataOrder
    let wantsJSON: Bool
    let configuration: ServerConfiguration

    /// What there is to tell, and whether all is well.
    struct Result: Equatable {
        var report: DataReport
        var isSound = true
    }

    private var directory: String { configuration.dataDirectory }

    /// Does it and prints what came of it.
    func run() throws(HostProgram.Failure) {
        // A limit on file sizes then reads as a full disk, and the draft is taken away.
        signal(SIGXFSZ, SIG_IGN)
        // A look through everything takes a processor for a while: players' come first.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        let result = try result()
        Console.print(wantsJSON ? result.report.json : result.report.text)
        guard result.isSound else { throw HostProgram.Failure(message: "the database is damaged") }
    }

    /// Does it.
    func result() throws(HostProgram.Failure) -> Result {
        do throws(StorageError) {
            switch order {
            case .backup(let file, let replacing):
                return Result(report: try backUp(to: Self.absolute(file), replacing: replacing))
            case .restore(let file):
                let stamp =
                    Date().formatted(
                        .iso8601.year().month().day().dateSeparator(.omitted).time(
                            includingFractionalSeconds: false
                        )
                        .timeSeparator(.omitted)) + "Z"
                let done = try Restore(backup: file, into: directory, stamp: stamp).run()
                return Result(
                    report: .restored(schema: done.schema, version: done.version, former: done.formerPath))
            case .migrate:
                let done = try SchemaUpgrade.run(directory: directory)
                return Result(report: .migrated(from: done.from, to: done.to, names: done.names))
            case .check(let file):
                let findings = try check(file)
                return Result(report: .checked(findings), isSound: findings.allSatisfy(\.isSound))
            }
        } catch {
            guard error.code == .locked else { throw HostProgram.Failure(message: error.description) }
            throw HostProgram.Failure(message: "\(error.description); stop it first")
        }
    }

    private func check(_ file: String?) throws(StorageError) -> [DatabaseCheck.Finding] {
        guard let file else { return try DatabaseCheck.run(directory: directory) }
        return try DatabaseCheck.run(file: file)
    }

    private func backUp(to file: String, replacing: Bool) throws(StorageError) -> DataReport {
        try Backup.checkName(file, replacing: replacing, of: directory)
        let draft = Backup.draftPath(of: file)
        if try !askServer(toCopyTo: draft) { try Backup.copy(directory: directory, to: draft) }
        let bytes = try Backup.finish(draft, as: file, replacing: replacing)
        return .backedUp(file: file, bytes: bytes)
    }

    /// Has the live server make the copy; false where none lives.
    private func askServer(toCopyTo draft: String) throws(StorageError) -> Bool {
        let answer: [UInt8]
        do throws(TransportError) {
            guard
                let bytes = try LocalCall.send(
                    HostWire.encode(BackupRequest(draft: draft)), directory: directory,
                    name: HostWire.socketName, timeoutMs: Limits.backupTimeoutMs,
                    maxAnswerBytes: Limits.maxHostAnswerBytes)
            else { return false }
            answer = bytes
        } catch {
            throw StorageError(.io, "the server of \(directory): \(error.message)")
        }
        switch HostWire.answer(answer) {
        case .done: return true
        case .refused(_, let message): throw StorageError(.io, message)
        default: throw StorageError(.io, "the server of \(directory) ended before the copy was whole")
        }
    }

    /// The server makes the copy, from a working directory of its own.
    private static func absolute(_ file: String) -> String {
        guard !file.hasPrefix("/"), let here = getcwd(nil, 0) else { return file }
        defer { free(here) }
        return String(cString: here) + "/" + file
    }
}
