import Dispatch
import Engine
import Foundation
import Protocol
import Storage
import Synchronization
import Testing
import Transport

@testable import Server

@Suite("A backup that a program asks of the live server")
struct BackupDeskTests {
    private static let patienceMs = 60_000

    private let scratch: ScratchDirectory
    private let target: ScratchDirectory
    private let loop: EventLoop
    private let storage: StorageThread
    private let listener: LocalListener
    /// Holds the storage thread up until the test lets it go.
    private let gate = DispatchSemaphore(value: 0)

    init() throws {
        scratch = try ScratchDirectory()
        target = try ScratchDirectory()
        let size = try #require(CanvasSize(width: 8, height: 8))
        let database = try Database(directory: scratch.path)
        _ = try database.recover(canvasSize: size, nowMs: 1, stock: BuiltInAssets().stock)
        loop = try EventLoop()
        storage = try StorageThread(database: database) { [gate] _ in
            gate.wait()
            gate.signal()
        }
        storage.probe()
        let desk = try BackupDesk(loop: loop, storage: storage, log: Log(level: .error, format: .text))
        listener = try LocalListener(
            loop: loop, directory: scratch.path, name: HostWire.socketName, maxRequestBytes: 4_096,
            maxConnections: 4, timeoutMs: Self.patienceMs, onRequest: { _ = desk.take($0) })
    }

    private var draft: String { target.path + "/one.db.part" }
    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: target.path) }
    }

    /// What a program is told that waits for so long, on a thread of its own; nil where it went without an answer.
    private func ask(waitingMs: Int) -> () -> HostAnswer?? {
        let (directory, request) = (scratch.path, HostWire.encode(BackupRequest(draft: draft)))
        let told = Told()
        Thread.detachNewThread {
            let answer = try? LocalCall.send(
                request, directory: directory, name: HostWire.socketName, timeoutMs: waitingMs,
                maxAnswerBytes: 1_024)
            told.answer.withLock { $0 = .some(answer.flatMap { HostWire.answer($0) }) }
        }
        return { told.answer.withLock { $0 } }
    }

    private final class Told: Sendable {
        let answer = Mutex<HostAnswer??>(nil)
    }

    /// Runs the loop until something holds that another thread brings about, too.
    private func wait(_ condition: () -> Bool) -> Bool {
        let endUs = loop.monotonicUs + Int64(Self.patienceMs) * 1_000
        while !loop.run(until: condition, timeoutMs: 20) {
            guard loop.monotonicUs < endUs else { return false }
        }
        return true
    }

    @Test("is given up, and leaves no file, once that program is gone")
    func programGoes() throws {
        let answer = ask(waitingMs: 300)
        #expect(wait { listener.connectionCount == 1 })
        #expect(wait { listener.connectionCount == 0 })
        gate.signal()
        storage.stop()
        #expect(wait { answer() != nil })
        #expect(answer() == .some(.none))
        #expect(try names.isEmpty)
        listener.close()
    }

    @Test("is made for a program that waits")
    func programWaits() throws {
        let answer = ask(waitingMs: Self.patienceMs)
        #expect(wait { listener.connectionCount == 1 })
        gate.signal()
        #expect(wait { answer() != nil })
        #expect(answer() == .some(.some(.done(""))))
        #expect(try names == ["one.db.part"])
        storage.stop()
        listener.close()
    }
}
