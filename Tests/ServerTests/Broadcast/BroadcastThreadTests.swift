import Foundation
import Processes
import Protocol
import Testing

@testable import Server

@Suite("A broadcast's thread")
struct BroadcastThreadTests {
    /// Broadcasts to an encoder that is a script, until a state is there.
    private func states(_ script: String, until isReached: (BroadcastThread.State) -> Bool) throws
        -> (reached: BroadcastThread.State, ended: BroadcastThread.State)
    {
        let program =
            FileManager.default.temporaryDirectory.path + "/encoder-\(UInt64.random(in: 0...UInt64.max))"
        // Another process writes it: a program can't be started while a fork of ours has it open to be written.
        var order = ProcessOrder("sh", ["-c", #"cat >"$0" && chmod 755 "$0""#, program])
        order.inputBytes = 4_096
        let writer = try ChildProcess(order)
        try writer.write(Array("#!/bin/sh\n\(script)\n".utf8))
        writer.closeInput()
        try #require(writer.wait() == .exited(status: 0))
        defer { unlink(program) }
        var settings = BroadcastSettings(url: "rtmp://a.example.org/live")
        settings.encoder = program
        let size = try #require(CanvasSize(width: 16, height: 9))
        let board = BroadcastBoard(
            size: size, cells: [UInt8](repeating: 0, count: size.cellCount), version: 0)
        let thread = BroadcastThread(
            settings, key: "", palette: .standard, board: board, log: Log(level: .error, format: .text))
        try thread.start()
        let deadline = ContinuousClock.now + .seconds(60)
        while !isReached(thread.state), ContinuousClock.now < deadline { sched_yield() }
        let reached = thread.state
        thread.stop()
        return (reached, thread.state)
    }

    @Test("counts the pictures that its encoder takes, and doesn't run once it was stopped")
    func sends() throws {
        let (reached, ended) = try states("exec cat >/dev/null") { $0.sentFrames >= 3 }
        #expect(reached.isRunning && reached.starts == 1 && reached.sentFrames >= 3)
        #expect(!ended.isRunning)
    }

    @Test("counts the pictures that weren't made because an encoder was slow")
    func drops() throws {
        // Half of the second picture, and then nothing for longer than four more would take.
        let script = "head -c 4000000 >/dev/null; sleep 1; exec cat >/dev/null"
        let (reached, _) = try states(script) { $0.droppedFrames > 0 }
        #expect(reached.droppedFrames >= 4 && reached.droppedFrames < 100)
    }

    @Test("counts each encoder that it starts, and says that none runs in between")
    func restarts() throws {
        let (between, _) = try states("exit 1") { $0.starts == 1 && !$0.isRunning }
        #expect(between.starts == 1 && !between.isRunning)
        let (again, _) = try states("exit 1") { $0.starts == 2 }
        #expect(again.starts == 2)
    }
}
