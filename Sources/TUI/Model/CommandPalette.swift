/// The palette of commands while it is open: what was typed, and which line a key would take.
struct CommandPalette: Hashable, Sendable {
    private static let maxCharacters = 40

    var line = LineEditor(maxCharacters: maxCharacters)
    var chosen = 0
}

/// A line of the palette: something that can be done now.
struct PaletteItem: Hashable, Sendable {
    /// What Enter does.
    enum Deed: Hashable, Sendable {
        case act(Action)
        case set(SettingField, String)
        case goTo(Place)
    }

    /// What it does, in words.
    var title: String
    /// Where it belongs: a page, the settings.
    var group: String
    /// The keys that do it, too.
    var keys: String?
    var deed: Deed
    /// The places of the title's characters that were typed.
    var matched: [Int] = []
}
