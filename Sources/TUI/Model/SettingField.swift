/// A setting that a person can change while the program runs, with the words that it can be.
enum SettingField: Hashable, Sendable, CaseIterable {
    case theme
    case color
    case charset
    case overview
    case easing
    case motion
    case minimap
    case alert
    case mouse
    case touch
    case flat

    /// What the screen calls it.
    var title: String {
        switch self {
        case .theme: "theme"
        case .color: "colors"
        case .charset: "characters"
        case .overview: "canvas in small"
        case .easing: "zoom and pan"
        case .motion: "reduced motion"
        case .minimap: "minimap"
        case .alert: "your turn to play"
        case .mouse: "mouse"
        case .touch: "touch buttons"
        case .flat: "flat mode"
        }
    }

    /// What it is good for, in a line.
    var detail: String {
        switch self {
        case .theme: "auto follows the terminal"
        case .color: "auto asks the terminal; at next start"
        case .charset: "ascii where fonts lack lines"
        case .overview: "what many pixels in a cell look like"
        case .easing: "how the view gets from here to there"
        case .motion: "nothing moves but what you move"
        case .minimap: "the whole canvas in a corner"
        case .alert: "when the queue lets you in"
        case .mouse: "off leaves it to select text"
        case .touch: "auto shows them on small windows"
        case .flat: "lines for screen readers; next start"
        }
    }

    /// Whether it is what the program begins with, and a change waits for the next start.
    var isForNextStart: Bool {
        switch self {
        case .color, .flat: true
        case .theme, .charset, .overview, .easing, .motion, .minimap, .alert, .mouse, .touch: false
        }
    }

    private static let switchWords = ["off", "on"]

    /// The words that it can be, in the order of the keys that change it.
    var options: [String] {
        switch self {
        case .theme: Settings.ThemeWish.allCases.map(\.rawValue)
        case .color: TerminalChoice.Wish.allCases.map(\.rawValue)
        case .charset: Settings.CharsetWish.allCases.map(\.rawValue)
        case .overview: Settings.OverviewGlyphs.allCases.map(\.rawValue)
        case .easing: Settings.Easing.allCases.map(\.rawValue)
        case .alert: Settings.Alert.allCases.map(\.rawValue)
        case .touch: Settings.TouchWish.allCases.map(\.rawValue)
        case .motion, .minimap, .mouse, .flat: Self.switchWords
        }
    }

    /// What it is now.
    func word(in settings: Settings) -> String {
        switch self {
        case .theme: settings.theme.rawValue
        case .color: settings.color.rawValue
        case .charset: settings.charset.rawValue
        case .overview: settings.overview.rawValue
        case .easing: settings.easing.rawValue
        case .alert: settings.alert.rawValue
        case .touch: settings.touch.rawValue
        case .motion: Self.switchWord(settings.isMotionReduced)
        case .minimap: Self.switchWord(settings.showsMinimap)
        case .mouse: Self.switchWord(settings.takesMouse)
        case .flat: Self.switchWord(settings.isFlat)
        }
    }

    /// Makes it one of its words; another word changes nothing.
    func set(_ word: String, in settings: inout Settings) {
        guard options.contains(word) else { return }
        let isOn = word == Self.switchWord(true)
        switch self {
        case .theme: settings.theme = Settings.ThemeWish(rawValue: word) ?? settings.theme
        case .color: settings.color = TerminalChoice.Wish(rawValue: word) ?? settings.color
        case .charset: settings.charset = Settings.CharsetWish(rawValue: word) ?? settings.charset
        case .overview: settings.overview = Settings.OverviewGlyphs(rawValue: word) ?? settings.overview
        case .easing: settings.easing = Settings.Easing(rawValue: word) ?? settings.easing
        case .alert: settings.alert = Settings.Alert(rawValue: word) ?? settings.alert
        case .touch: settings.touch = Settings.TouchWish(rawValue: word) ?? settings.touch
        case .motion: settings.isMotionReduced = isOn
        case .minimap: settings.showsMinimap = isOn
        case .mouse: settings.takesMouse = isOn
        case .flat: settings.isFlat = isOn
        }
    }

    /// Goes to the next of its words, or to the one before; behind the last comes the first.
    func turn(by step: Int, in settings: inout Settings) {
        let options = options
        let at = options.firstIndex(of: word(in: settings)) ?? 0
        set(options[((at + step) % options.count + options.count) % options.count], in: &settings)
    }

    private static func switchWord(_ isOn: Bool) -> String { switchWords[isOn ? 1 : 0] }
}
