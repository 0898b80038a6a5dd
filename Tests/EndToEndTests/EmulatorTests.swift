import Glibc
import Testing

extension EndToEnd.OnTerminals {
    /// The client on a terminal that isn't ncurses' idea of one: pyte reads its raw bytes, answers what terminals
    /// answer, reads slowly, or goes away.
    @Suite struct EmulatorTests {
        /// What can be tried; each starts a server and clients of its own.
        static let scenarios = [
            "pages_by_keys", "pages_by_mouse", "pixel_by_mouse", "depths", "sizes", "signals", "suspended",
            "lost",
            "idle", "deaf", "answers_at_25_kilobytes", "replaying", "signing_in",
        ]

        private static let folder: String = {
            var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
            parts.removeLast()
            return (parts + ["Emulator"]).joined(separator: "/")
        }()

        @Test("holds", arguments: scenarios)
        func holds(_ scenario: String) throws {
            let scratch = try ScratchDirectory()
            let server = ChildProcess.path(of: "pixelwars-server")
            let programs = server.dropLast("/pixelwars-server".count)
            let client = try ChildProcess(
                "/usr/bin/python3", ["-B", Self.folder + "/screens.py", String(programs), scenario],
                environment: ["PYTHONUNBUFFERED": "1"], in: scratch.path)
            let said = try client.output()
            let end = try client.wait()
            #expect(end == .exited(0), "\(said)\(client.errors)")
            #expect(said.hasSuffix("ok \(scenario)\n"))
        }

        @Test("has every scenario tried here")
        func complete() throws {
            let scratch = try ScratchDirectory()
            let client = try ChildProcess(
                "/usr/bin/python3",
                ["-B", "-c", "import screens; print(' '.join(sorted(screens.SCENARIOS)))"],
                environment: ["PYTHONPATH": Self.folder], in: scratch.path)
            let names = try client.output().split { $0.isWhitespace }.map(String.init)
            try client.wait()
            #expect(names == Self.scenarios.sorted())
        }
    }
}
