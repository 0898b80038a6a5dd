import Protocol

/// What the screen around the canvas is painted in.
enum Tone: Hashable, Sendable, CaseIterable {
    case dark
    case light
    /// As far apart as colors can be.
    case contrast
}

extension Tone {
    /// Brighter than this is a background that dark text is read on.
    private static let brightLuma = 140

    /// The tone that is wished for; that of the terminal's background where it is to decide, and dark where nobody knows.
    init(_ wish: Settings.ThemeWish, background: Palette.Color?) {
        switch wish {
        case .auto: self = background.map { $0.luma > Self.brightLuma } ?? false ? .light : .dark
        case .dark: self = .dark
        case .light: self = .light
        case .contrast: self = .contrast
        }
    }
}
