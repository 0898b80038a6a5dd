import Protocol
import Raster

/// Everything that the skin studio knows; `update` alone changes it and `StudioView` alone draws it.
struct Studio: Hashable, Sendable {
    let colors: BaseColors
    /// How many colors the terminal shows.
    let terminal: ColorDepth
    /// The server that a skin would be offered on.
    let serverName: String
    /// What the screen around the preview is to be painted in.
    var theme = Settings.ThemeWish.auto
    /// The terminal's own background, where it has told.
    var background: Palette.Color?
    /// Whether the preview is one picture, instead of one that plays.
    var isStill = false
    /// Which characters the terminal shows.
    var charset = Charset.unicode
    var columns: Int
    var rows: Int
    var clockMs: Int64 = 0

    var draft: SkinDraft
    /// The draft as the studio began with it.
    let begun: SkinDraft
    /// The draft as it was saved last; nil where it never was.
    var saved: SkinDraft?
    var file: SkinFile
    var field = StudioField.title
    /// Which of the field's colors is chosen.
    var value = 0
    /// The base color that the grid is at, while one is picked.
    var picking: Picking?
    /// The depth that the preview plays.
    var depth: ColorDepth
    /// Whether the preview has the whole screen.
    var isPreviewWhole = false
    var overlay = Overlay.none
    var toast: Toast?
    /// Whether the server was asked to take the skin and hasn't answered.
    var isInstalling = false

    /// A color that is being chosen.
    struct Picking: Hashable, Sendable {
        /// Its place among the base colors.
        var index: Int
        /// What stood there before; nil where the color was added.
        var before: String?
    }

    /// What lies over the form.
    enum Overlay: Hashable, Sendable {
        case none
        case help
        /// The prompt for a file's name.
        case saveAs(LineEditor)
        /// The file to save in isn't as it was read or saved here, or wasn't read here at all.
        case overwrite(path: String)
        /// Quitting would lose changes.
        case quit
    }

    init(
        draft: SkinDraft, isSaved: Bool, file: SkinFile, colors: BaseColors, terminal: ColorDepth,
        serverName: String, columns: Int, rows: Int
    ) {
        self.draft = draft
        begun = draft
        saved = isSaved ? draft : nil
        self.file = file
        self.colors = colors
        self.terminal = terminal
        self.serverName = serverName
        self.columns = columns
        self.rows = rows
        depth = terminal
    }

    /// What the screen around the preview is painted in.
    var tone: Tone { Tone(theme, background: background) }

    /// Whether no file holds the draft as it is.
    var isUnsaved: Bool { !Self.isAlike(draft, saved) }

    /// Whether leaving would lose something that was done here.
    var wouldLose: Bool { !Self.isAlike(draft, saved ?? begun) }

    /// Whether two drafts are the same skin: where the cursor stands doesn't matter.
    private static func isAlike(_ one: SkinDraft, _ other: SkinDraft?) -> Bool {
        guard let other, one.inputs == other.inputs else { return false }
        return StudioField.allCases.allSatisfy { one.text($0).text == other.text($0).text }
    }

    /// The colors' names of the chosen field.
    var values: [String] { field.input.flatMap { draft.inputs[$0] } ?? [] }

    /// The chosen color's name.
    var chosenName: String? { values.indices.contains(value) ? values[value] : nil }

    /// Where the grid's mark is: at the color that is picked, or at the one that is chosen.
    var gridIndex: Int? { picking?.index ?? chosenName.flatMap { colors.names.firstIndex(of: $0) } }
}

/// The file that a skin is edited in.
struct SkinFile: Hashable, Sendable {
    /// Where it is; nil until one was named.
    var path: String?
    /// What was in it when it was last read or written here; nil where there was none.
    var bytes: [UInt8]?
}
