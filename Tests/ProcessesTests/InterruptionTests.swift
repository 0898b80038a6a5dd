import Glibc
import Testing

@testable import Processes

@Suite("An interruption") struct InterruptionTests {
    @Test func `ends every process that lives and removes what they were making, not what is done`()
        async throws
    {
        await #expect(processExitsWith: .success) {
            var order = ProcessOrder("sh", ["-c", "trap '' TERM INT HUP; exec sleep 600"])
            order.inputBytes = 4_096
            let children = [try ChildProcess(order), try ChildProcess(order)]
            let over = try ChildProcess(ProcessOrder("true", []))
            #expect(over.wait() == .exited(status: 0))
            var paths: [String] = []
            for _ in 0..<2 {
                var template = Array("/tmp/interruption.XXXXXX".utf8CString)
                close(mkstemp(&template))
                paths.append(
                    String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
                Interruption.watch(paths[paths.count - 1]) { path in unlink(path) }
            }
            Interruption.forget(paths[0])
            Interruption.endAll()
            for child in children where child.wait() != .killed(signal: SIGKILL) { exit(3) }
            if access(paths[0], F_OK) != 0 || access(paths[1], F_OK) == 0 { exit(4) }
            unlink(paths[0])
            exit(0)
        }
    }
}
