import Glibc
import Protocol
import Storage
import Transport

/// What a host's program asks of the live server for a backup: the copy alone; it checks and names it itself.
struct BackupRequest: Codable, Equatable {
    /// The file to make, by its whole path.
    let draft: String
}

/// Has copies made for hosts' programs, and tells each when its own is whole; confined to the loop's thread.
final class BackupDesk {
    /// How a copy ended, on its way back to the loop.
    private struct End: Sendable {
        let number: Int
        let draft: String
        let result: Result<CopyReport, StorageError>
    }

    /// Who waits for a copy.
    private struct Asker {
        let exchange: LocalExchange
        let draft: String
    }

    private let storage: StorageThread
    private let log: Log
    private var waiting: [Int: Asker] = [:]
    private var lastNumber = 0
    private var ends: Mailbox<End>?

    init(loop: EventLoop, storage: StorageThread, log: Log) throws(TransportError) {
        self.storage = storage
        self.log = log
        ends = try loop.makeMailbox { [weak self] (end: End) in self?.tell(end) }
    }

    /// Takes a request for a copy; false for anything else.
    func take(_ exchange: LocalExchange) -> Bool {
        guard let request = HostWire.backupRequest(exchange.request), let ends else { return false }
        lastNumber += 1
        let (number, draft) = (lastNumber, request.draft)
        waiting[number] = Asker(exchange: exchange, draft: draft)
        exchange.onGone = { [weak self] in self?.giveUp(number) }
        log.write(.info, "backup begins", ["file": .text(draft)])
        storage.copy(to: draft) { ends.send(End(number: number, draft: draft, result: $0)) }
        return true
    }

    /// The program that asked for a copy is gone, and nobody else would give the file its name.
    private func giveUp(_ number: Int) {
        guard let asker = waiting.removeValue(forKey: number) else { return }
        log.write(
            .warning, "backup given up", ["file": .text(asker.draft), "reason": .text("its program is gone")])
        // A second program that named the same file was or will be refused; its end is not the first one's.
        guard !waiting.values.contains(where: { $0.draft == asker.draft }) else { return }
        storage.endCopy(to: asker.draft)
    }

    private func tell(_ end: End) {
        guard let asker = waiting.removeValue(forKey: end.number) else {
            // It was whole just before it was given up.
            if case .success = end.result { unlink(end.draft) }
            return
        }
        let answer: HostAnswer
        switch end.result {
        case .success(let report):
            log.write(
                .info, "backup copied",
                [
                    "file": .text(end.draft), "steps": .number(Int64(report.steps)),
                    "longest_step_us": .number(report.longestStepUs),
                ])
            answer = .done("")
        case .failure(let error):
            log.write(.warning, "backup failed", ["file": .text(end.draft), "reason": .text(error.message)])
            answer = .refused(
                .storageUnavailable,
                "\(error.message) (the server makes the copy: it must be able to write there)")
        }
        asker.exchange.respond(HostWire.encode(answer))
    }
}
