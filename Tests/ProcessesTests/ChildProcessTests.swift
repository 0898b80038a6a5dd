import FoundationEssentials
import Glibc
import Processes
import Testing

/// What is done with real programs: cat, sh, sleep.
@Suite("A child process") struct ChildProcessTests {
    /// More than any test has to wait.
    private static let longMs = 30_000

    private func shell(_ script: String, _ change: (inout ProcessOrder) -> Void = { _ in }) throws
        -> ChildProcess
    {
        var order = ProcessOrder("sh", ["-c", script])
        change(&order)
        return try ChildProcess(order)
    }

    /// Whether a process with this number is there, a zombie too.
    private func exists(_ pid: pid_t) -> Bool { kill(pid, 0) == 0 }

    @Test(arguments: [ProcessOrder.Complaints.file, .pipe])
    func `gets every byte that is written, however slowly it reads`(complaints: ProcessOrder.Complaints)
        throws
    {
        var order = ProcessOrder("wc", ["-c"])
        order.inputBytes = 4_096
        order.hasOutput = true
        order.complaints = complaints
        let process = try ChildProcess(order)
        try process.write([UInt8](repeating: 7, count: 3_000_001))
        process.closeInput()
        #expect(try process.line(withinMs: Self.longMs) == "3000001")
        #expect(process.wait() == .exited(status: 0))
    }

    @Test func `what it writes is read line by line, then that no more comes`() throws {
        let process = try shell("printf 'one\\ntwo\\nthr'; exit 3") { $0.hasOutput = true }
        #expect(try process.line(withinMs: Self.longMs) == "one")
        #expect(try process.line(withinMs: Self.longMs) == "two")
        #expect(throws: ProcessFailure.outputClosed) { try process.line(withinMs: Self.longMs) }
        #expect(process.wait() == .exited(status: 3))
    }

    @Test func `a silent one is waited for no longer than it was told`() throws {
        let process = try shell("exec sleep 600") { $0.hasOutput = true }
        #expect(throws: ProcessFailure.silent(ms: 50)) { try process.line(withinMs: 50) }
    }

    @Test func `its standard input is empty unless one is ordered`() throws {
        let process = try shell("cat; echo done") { $0.hasOutput = true }
        #expect(try process.line(withinMs: Self.longMs) == "done")
    }

    @Test func `one that dies makes writing an error, not our end, and its last words stay`() throws {
        for complaints in [ProcessOrder.Complaints.file, .pipe] {
            let process = try shell("echo first >&2; echo >&2; echo 'last words' >&2; exit 4") {
                $0.inputBytes = 4_096
                $0.complaints = complaints
            }
            #expect(throws: ProcessFailure.inputClosed) {
                while true { try process.write([UInt8](repeating: 1, count: 1_000)) }
            }
            #expect(process.wait() == .exited(status: 4))
            #expect(process.lastLines(1) == ["last words"])
            #expect(process.lastLines(9) == ["first", "last words"])
        }
    }

    @Test func `one that closed its input and complains is told from one that is slow`() throws {
        let process = try shell("exec <&-; echo gone >&2; exec sleep 600") {
            $0.inputBytes = 4_096
            $0.complaints = .pipe
        }
        #expect(throws: ProcessFailure.inputClosed) {
            while true { _ = try process.write([1, 2, 3][...], waitMs: 100) }
        }
    }

    @Test func `one that doesn't read takes what its pipe holds, and then nothing`() throws {
        let process = try shell("exec sleep 600") { $0.inputBytes = 4_096 }
        let bytes = [UInt8](repeating: 1, count: 100_000)
        var taken = 0
        while true {
            let count = try process.write(bytes[...], waitMs: 20)
            if count == 0 { break }
            taken += count
        }
        #expect(taken >= 4_096 && taken < 100_000)
        #expect(process.end(withinMs: 0) == .killed(signal: SIGKILL))
    }

    @Test func `one that says more than a pipe holds isn't stuck, and the end of it is kept`() throws {
        let process = try shell("seq 1 200000 >&2; cat >/dev/null; echo read >&2") {
            $0.inputBytes = 4_096
            $0.complaints = .pipe
        }
        try process.write([UInt8](repeating: 1, count: 1_000_000))
        process.closeInput()
        #expect(process.wait() == .exited(status: 0))
        #expect(process.lastLines(2) == ["200000", "read"])
        #expect(process.lastLines(10_000).count < 2_000)
    }

    @Test func `one that ends when it is told so has its time, one that doesn't is killed`() throws {
        let obedient = try shell("cat >/dev/null; exit 5") { $0.inputBytes = 4_096 }
        #expect(obedient.end(withinMs: Self.longMs) == .exited(status: 5))
        let stubborn = try shell("trap '' TERM INT HUP; exec sleep 600") { $0.complaints = .pipe }
        let taken = ContinuousClock().measure {
            #expect(stubborn.end(withinMs: 100) == .killed(signal: SIGKILL))
        }
        #expect(taken >= .milliseconds(100) && taken < .seconds(20))
        #expect(stubborn.end(withinMs: 0) == .killed(signal: SIGKILL), "the end stays the same")
    }

    @Test func `one that nobody waited for is gone with its value, and so is what it started`() throws {
        var pids: [pid_t] = []
        do {
            let process = try shell("sleep 600 & echo $!; wait") { $0.hasOutput = true }
            pids = [process.pid, try #require(pid_t(try process.line(withinMs: Self.longMs)))]
            #expect(pids.allSatisfy(exists))
        }
        #expect(!exists(pids[0]), "neither alive nor a zombie")
        // Its own child is taken by whoever adopts it, which may be later.
        while exists(pids[1]), !isZombie(pids[1]) { sched_yield() }
    }

    private func isZombie(_ pid: pid_t) -> Bool {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ") Z"
        return text.split(separator: ")").last?.hasPrefix(" Z") == true
    }

    @Test func `a program that isn't there, or can't be run, is told apart`() {
        #expect(throws: ProcessFailure.notFound(program: "/no/such/program")) {
            try ChildProcess(ProcessOrder("/no/such/program", []))
        }
        let refused = #expect(throws: ProcessFailure.self) { try ChildProcess(ProcessOrder("/dev/null", [])) }
        #expect(refused?.description.hasPrefix("/dev/null can't be started: ") == true)
    }

    @Test func `it sees our variables, or only those that it is given`() throws {
        setenv("PIXELWARS_TRIED", "seen", 1)
        let ours = try shell("echo \"$PIXELWARS_TRIED\"") { $0.hasOutput = true }
        #expect(try ours.line(withinMs: Self.longMs) == "seen")
        let bare = try shell("echo \"[$PIXELWARS_TRIED$ONE]\"") {
            $0.hasOutput = true
            $0.environment = .only(["ONE=1"])
        }
        #expect(try bare.line(withinMs: Self.longMs) == "[1]")
    }

    @Test func `it finds its gift, and none of our pipes besides what it was ordered`() throws {
        // What whoever runs the tests left to be inherited is everybody's.
        let inherited = (4..<1_024).filter { fcntl($0, F_GETFD) == 0 }.map(String.init)
        let other = try shell("exec sleep 600") {
            $0.inputBytes = 4_096
            $0.hasOutput = true
        }
        defer { _ = other.end(withinMs: 0) }
        // One by one: a list of the folder would show the shell's own look at it.
        let script =
            "cat /dev/fd/3; for n in $(seq 0 99); do [ -e /proc/$$/fd/$n ] && echo $n; done; echo end"
        let process = try shell(script) {
            $0.inputBytes = 4_096
            $0.hasOutput = true
            $0.complaints = .pipe
            $0.gift = Array("a secret\n".utf8)
        }
        #expect(try process.line(withinMs: Self.longMs) == "a secret")
        var descriptors: [String] = []
        while let line = try? process.line(withinMs: Self.longMs), line != "end" { descriptors.append(line) }
        #expect(descriptors.filter { !inherited.contains($0) } == ["0", "1", "2", "3"])
    }

    @Test func `it has no signal blocked or ignored, and an interrupt of our group doesn't reach it`() throws
    {
        signal(SIGPIPE, SIG_IGN)
        let process = try shell("grep -E '^Sig(Blk|Ign):' /proc/self/status; echo end") {
            $0.hasOutput = true
        }
        for name in ["SigBlk:\t", "SigIgn:\t"] {
            let line = try process.line(withinMs: Self.longMs)
            #expect(line.hasPrefix(name))
            // Signals 32 and 33 are the C library's own.
            let signals = try #require(UInt64(line.dropFirst(name.count), radix: 16))
            #expect(signals & 0x7fff_ffff == 0, "\(line)")
        }
        #expect(getpgid(process.pid) != getpgrp())
    }
}
