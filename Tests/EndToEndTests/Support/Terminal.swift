import Glibc
import Testing

/// A real terminal program, tmux, with one client program in it.
final class Terminal {
    /// One character of the screen with its colors.
    struct Cell: Equatable {
        var character: Character = " "
        /// The parameters of the last "select graphic rendition" for each, such as `2;255;69;0`; nil is the
        /// terminal's own.
        var foreground: String?
        var background: String?

        /// What the upper and the lower half of the character show.
        var halves: (upper: String?, lower: String?) {
            switch character {
            case "▀": (foreground, background)
            case "▄": (background, foreground)
            case "█": (foreground, foreground)
            default: (background, background)
            }
        }
    }

    let columns: Int
    let rows: Int
    private let directory: ScratchDirectory
    private let name: String

    /// Opens a terminal and runs a program in it.
    init(
        columns: Int, rows: Int, program: String, _ arguments: [String], environment: [String: String] = [:],
        in directory: ScratchDirectory
    ) throws {
        self.columns = columns
        self.rows = rows
        self.directory = directory
        name = "pixelwars-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        let settings = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        try tmux(
            ["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "--", "/usr/bin/env"] + settings
                + [ChildProcess.path(of: program)] + arguments)
        try tmux(["set-option", "-g", "remain-on-exit", "on"])
    }

    deinit {
        _ = try? tmux(["kill-server"])
    }

    /// Types keys by tmux's names, such as `Enter` or `q`.
    func type(_ keys: String...) throws { try type(keys) }

    /// Types many keys at one go.
    func type(_ keys: [String]) throws {
        try tmux(["send-keys"] + keys)
    }

    /// Makes the terminal another size.
    func resize(columns: Int, rows: Int) throws {
        try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// The id of the program in it.
    func programID() throws -> pid_t {
        try #require(pid_t(try tmux(["display-message", "-p", "#{pane_pid}"]).filter(\.isNumber)))
    }

    /// Whether the program is over.
    func isOver() throws -> Bool {
        try tmux(["display-message", "-p", "#{pane_dead}"]).hasPrefix("1")
    }

    /// The screen as text.
    func text() throws -> String {
        try tmux(["capture-pane", "-p"])
    }

    /// The screen with the escape sequences of its colors.
    func capture() throws -> String { try tmux(["capture-pane", "-p", "-e", "-N"]) }

    /// The screen, cell by cell, row by row.
    func screen() throws -> [[Cell]] {
        try capture().split(separator: "\n", omittingEmptySubsequences: false)
            .prefix(rows).map(ScreenLine.init).reduce(into: (pen: Cell(), lines: [[Cell]]())) { state, line in
                var line = line
                state.lines.append(line.cells(&state.pen))
            }.lines
    }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        let process = try ChildProcess(
            "/usr/bin/tmux", ["-L", name, "-f", "/dev/null"] + arguments,
            environment: [
                "TMUX": "", "TMUX_TMPDIR": directory.path, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
            ], in: directory.path)
        let text = try process.output()
        let end = try process.wait()
        try #require(end == .exited(0), "tmux \(arguments): \(process.errors)")
        return text
    }
}

/// One captured line with its escape sequences.
private struct ScreenLine {
    private var rest: Substring

    init(_ line: Substring) { rest = line }

    /// Reads the line with the colors as they stand at its start.
    mutating func cells(_ pen: inout Terminal.Cell) -> [Terminal.Cell] {
        var cells: [Terminal.Cell] = []
        while let character = rest.popFirst() {
            if character == "\u{1b}", rest.first == "[" {
                rest.removeFirst()
                let end = rest.firstIndex { $0.isLetter } ?? rest.endIndex
                if end < rest.endIndex, rest[end] == "m" { select(rest[..<end], &pen) }
                rest = rest[end...].dropFirst()
            } else {
                cells.append(
                    .init(character: character, foreground: pen.foreground, background: pen.background))
            }
        }
        return cells
    }

    private func select(_ parameters: Substring, _ pen: inout Terminal.Cell) {
        var codes = parameters.split(separator: ";", omittingEmptySubsequences: false)[...]
        while let code = codes.popFirst() {
            switch code {
            case "", "0": pen = .init()
            case "38": pen.foreground = color(&codes)
            case "48": pen.background = color(&codes)
            case "39": pen.foreground = nil
            case "49": pen.background = nil
            case let code where Int(code).map { (30...37).contains($0) || (90...97).contains($0) } == true:
                pen.foreground = String(code)
            case let code where Int(code).map { (40...47).contains($0) || (100...107).contains($0) } == true:
                pen.background = String(code)
            default: break
            }
        }
    }

    private func color(_ codes: inout ArraySlice<Substring>) -> String {
        let count = codes.first == "2" ? 4 : 2
        defer { codes = codes.dropFirst(count) }
        return codes.prefix(count).joined(separator: ";")
    }
}
