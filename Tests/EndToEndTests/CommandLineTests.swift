import Foundation
import Glibc
import Testing

extension EndToEnd.OfServers {
    /// What each program owes whoever calls it from a shell.
    @Suite struct CommandLineTests {
        let directory: ScratchDirectory

        init() throws { directory = try ScratchDirectory() }

        private func run(
            _ program: String, _ words: String..., environment: [String: String] = [:]
        ) throws -> (end: ProcessEnd, said: String, errors: String) {
            var variables = environment
            variables["XDG_STATE_HOME"] = directory.path + "/state"
            let path = program.hasPrefix("/") ? program : ChildProcess.path(of: program)
            let process = try ChildProcess(path, words, environment: variables, in: directory.path)
            process.endInput()
            let said = try process.output()
            return (try process.wait(), said, process.errors)
        }

        private func object(_ text: String) throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        }

        static let programs = [
            "pixelwars", "pixelwars-server", "pixelwars-bot", "pixelwars-bench", "pixelwars-sim",
        ]

        @Test(
            "the manual page formats without a complaint, and has every option of the help",
            arguments: programs)
        func page(program: String) throws {
            let page = try run(program, "--man")
            #expect(page.end == .exited(0) && page.errors.isEmpty)
            let file = directory.path + "/page.1"
            try page.said.write(toFile: file, atomically: true, encoding: .utf8)
            let shown = try run("/usr/bin/groff", "-ww", "-man", "-Tascii", file)
            #expect(shown.end == .exited(0) && shown.errors.isEmpty, "\(shown.errors)")
            let help = try run(program, "--help").said
            let options = help.matches(of: /(?m)^  --([a-z-]+)/).map(\.1)
            #expect(options.contains("help") && options.contains("completions"))
            // Bold text comes with overstrikes or escapes; neither matters here.
            let plain = shown.said.replacing(/\u{1b}\[[0-9;]*m/, with: "").replacing(/.\u{8}/, with: "")
            for option in options { #expect(plain.contains("--\(option)"), "\(option)") }
        }

        @Test("bash takes the completions of all programs, and completes with them", arguments: programs)
        func completions(program: String) throws {
            let trial = """
                source <("$0" --completions bash) && complete -p \(program) >/dev/null || exit 1
                COMP_WORDS=(\(program) --he) COMP_CWORD=1
                _\(program.replacing("-", with: "_")) && echo "${COMPREPLY[*]}"
                """
            let found = try run("/bin/bash", "-uc", trial, ChildProcess.path(of: program))
            #expect(found.end == .exited(0) && found.errors.isEmpty, "\(found.errors)")
            #expect(found.said.split(separator: " ").contains { $0.hasPrefix("--help") })
            for shell in ["zsh", "fish"] {
                let script = try run(program, "--completions", shell)
                #expect(script.end == .exited(0) && script.said.contains(program))
                // Not every machine has these shells; where they are, they read the script.
                guard access("/usr/bin/\(shell)", X_OK) == 0 else { continue }
                let file = directory.path + "/completions"
                try script.said.write(toFile: file, atomically: true, encoding: .utf8)
                let read = try run("/usr/bin/\(shell)", "-n", file)
                #expect(read.end == .exited(0) && read.errors.isEmpty, "\(read.errors)")
            }
            let wrong = try run(program, "--completions", "tcsh")
            #expect(wrong.end == .exited(2) && wrong.said.isEmpty)
        }

        @Test("health and export tell programs in JSON what they found")
        func json() throws {
            let server = try TestServer(canvas: "40x24")
            let healthy = try run("pixelwars", "health", server.url, "--json")
            #expect(healthy.end == .exited(0), "\(healthy.said)")
            let report = try object(healthy.said)
            #expect((report["server"] as? [String: Any])?["answers"] as? Bool == true)
            #expect((report["terminal"] as? [String: Any])?["output_is_terminal"] as? Bool == false)
            let file = directory.path + "/canvas.png"
            let export = try run("pixelwars", "export", file, server.url, "--json")
            #expect(export.end == .exited(0))
            let saved = try object(export.said)
            #expect(saved["width"] as? Int == 40 && saved["height"] as? Int == 24)
            #expect(saved["bytes"] as? Int == (try Data(contentsOf: URL(filePath: file))).count)
            try server.kill()
            let ill = try run("pixelwars", "health", server.url)
            #expect(ill.end == .exited(1))
            #expect(ill.said.contains("\nproblem: "))
            let lost = try run("pixelwars", "export", file, server.url, "--json")
            #expect(lost.end == .exited(1) && lost.said.isEmpty)
            let error = try #require(try object(lost.errors)["error"] as? [String: String])
            #expect(error["code"] == "failed" && error["message"]?.contains(server.url) == true)
        }

        @Test("a config file is used, printed, and refused in one line where it is wrong")
        func config() throws {
            let folder = directory.path + "/config/pixelwars"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let file = folder + "/config.json"
            let variables = ["XDG_CONFIG_HOME": directory.path + "/config"]
            try #"{"theme": "light", "url": "http://example.org"}"#
                .write(toFile: file, atomically: true, encoding: .utf8)
            let printed = try run("pixelwars", "--print-config", "--touch", "on", environment: variables)
            #expect(printed.end == .exited(0))
            let config = try object(printed.said)
            #expect(config["theme"] as? String == "light" && config["touch"] as? String == "on")
            #expect(config["url"] as? String == "http://example.org")
            let other = directory.path + "/other.json"
            try printed.said.write(toFile: other, atomically: true, encoding: .utf8)
            #expect(try run("pixelwars", "--config", other, "--print-config").said == printed.said)
            try "{\n\"theme\": 3\n}".write(toFile: file, atomically: true, encoding: .utf8)
            let wrong = try run("pixelwars", environment: variables)
            #expect(wrong.end == .exited(2) && wrong.said.isEmpty)
            #expect(wrong.errors.hasPrefix("pixelwars: \(file):2: \"theme\" takes auto, dark"))
            #expect(wrong.errors.split(separator: "\n").count == 1)
            #expect(!wrong.errors.contains("--help"))
            let command = try run("pixelwars", "--theme", "blue")
            #expect(command.errors == "pixelwars: --theme takes auto, dark, light or contrast (see --help)\n")
        }

        @Test("what is changed on the settings page stands in the config file, and holds at the next start")
        func settings() throws {
            let server = try TestServer(canvas: "40x24")
            let variables = [
                "XDG_CONFIG_HOME": directory.path + "/kept", "XDG_STATE_HOME": directory.path + "/state",
                "LC_ALL": "C.UTF-8",
            ]
            let terminal = try Terminal(
                columns: 80, rows: 24, program: "pixelwars", [server.url, "--page", "settings"],
                environment: variables, in: directory)
            try eventually("the settings") { try terminal.text().contains("theme") }
            try terminal.type("Right")
            let file = directory.path + "/kept/pixelwars/config.json"
            let kept = try eventually("the file") {
                try? object(String(contentsOfFile: file, encoding: .utf8))
            }
            #expect(kept.count == 1)
            let (name, value) = try #require(kept.first)
            try terminal.type("q")
            try eventually("the end") { try terminal.isOver() }
            let printed = try object(run("pixelwars", "--print-config", environment: variables).said)
            #expect(printed[name] as? String == value as? String)
            let standard = try object(run("pixelwars", "--print-config").said)
            #expect(standard[name] as? String != value as? String)
        }
    }
}
