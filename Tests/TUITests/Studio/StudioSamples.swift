import Protocol
import Raster
import Testing

@testable import TUI

/// Studios with a skin of the assets, as if it had been read from its file.
enum StudioSamples {
    static func studio(
        _ skin: String = "aurora", columns: Int = 80, rows: Int = 24, depth: ColorDepth = .truecolor
    ) throws -> Studio {
        let colors = try #require(SkinSamples.colors)
        let bytes = try SkinSamples.file(skin)
        var studio = Studio(
            draft: SkinDraft(try Skin(json: bytes, colors: colors)), isSaved: true,
            file: SkinFile(path: "skins/\(skin).json", bytes: bytes), colors: colors, terminal: depth,
            serverName: "127.0.0.1:8080", columns: columns, rows: rows)
        _ = studio.update(.clock, nowMs: 60_000)
        return studio
    }

    /// A studio with a new skin that has no file.
    static func fresh() throws -> Studio {
        let colors = try #require(SkinSamples.colors)
        let draft = try #require(SkinDraft.template(id: nil, author: "Ada", colors: colors))
        return Studio(
            draft: draft, isSaved: false, file: SkinFile(), colors: colors, terminal: .truecolor,
            serverName: "127.0.0.1:8080", columns: 80, rows: 24)
    }
}

extension Studio {
    /// Presses keys one after the other and returns all commands.
    mutating func press(_ presses: [KeyPress]) -> [StudioCommand] {
        presses.flatMap { update(.input(.key($0)), nowMs: 60_000) }
    }

    mutating func press(_ key: KeyPress.Key, times: Int = 1) -> [StudioCommand] {
        press([KeyPress](repeating: KeyPress(key), count: times))
    }

    mutating func control(_ letter: Unicode.Scalar) -> [StudioCommand] {
        press([KeyPress(.character(letter), .control)])
    }

    mutating func type(_ text: String) -> [StudioCommand] {
        press(text.unicodeScalars.map { KeyPress($0) })
    }

    /// Goes to a field by the keys.
    mutating func go(_ field: StudioField) {
        _ = press(.up, times: StudioField.allCases.count)
        _ = press(.down, times: field.rawValue)
    }

    /// Asks by the keys for saving in another file.
    mutating func save(as path: String) throws {
        _ = control("o")
        _ = control("u")
        _ = type(path)
        let command = try #require(press(.enter).first)
        guard case .save(_, _, path, isForced: false) = command else {
            throw ProgramFailure("not saved: \(command)")
        }
    }

    mutating func click(column: Int, row: Int) -> [StudioCommand] {
        update(
            .input(.mouse(MouseEvent(kind: .press(.left), column: column, row: row))), nowMs: 60_000)
    }
}
