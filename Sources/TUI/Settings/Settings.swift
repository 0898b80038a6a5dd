import Protocol

/// How a person wants the client to be: what the config file says, and over it the environment and the command line.
struct Settings: Hashable, Sendable {
    /// The color depth.
    var color = TerminalChoice.Wish.auto
    var theme = ThemeWish.auto
    var charset = CharsetWish.auto
    /// What a canvas that is smaller than its pixels is drawn with.
    var overview = OverviewGlyphs.quadrants
    /// How the view comes from one zoom or turn to the next.
    var easing = Easing.eased
    /// Whether nothing moves but what the person moves: no easing, no pictures that play.
    var isMotionReduced = false
    /// How the person learns of a promotion from the queue.
    var alert = Alert.bell
    var takesMouse = true
    /// Whether large buttons for fingers stand on the screen.
    var touch = TouchWish.auto
    var showsMinimap = true
    /// Words, one announcement a line, in place of a screen: for screen readers.
    var isFlat = false
    /// Keys in place of the usual ones.
    var keys = KeyChanges()

    /// The colors around the canvas.
    enum ThemeWish: String, Hashable, Sendable, CaseIterable {
        /// As the terminal's background asks for.
        case auto
        case dark
        case light
        case contrast
    }

    /// Which characters the screen is made of.
    enum CharsetWish: String, Hashable, Sendable, CaseIterable {
        case auto
        case unicode
        case ascii
    }

    /// Which characters show more than one block of pixels in a cell.
    enum OverviewGlyphs: String, Hashable, Sendable, CaseIterable {
        /// Two halves, each of its own color.
        case halves
        /// Four quarters of two colors.
        case quadrants
        /// Eight dots of one color.
        case braille
    }

    enum Easing: String, Hashable, Sendable, CaseIterable {
        case instant
        case eased
        case stepped
    }

    enum Alert: String, Hashable, Sendable, CaseIterable {
        case none
        case bell
        /// A notification of the terminal's (OSC 9), and the bell.
        case desktop
    }

    enum TouchWish: String, Hashable, Sendable, CaseIterable {
        /// On small windows.
        case auto
        case on
        case off
    }
}

/// Keys in place of the usual ones: for an action, in all scenes or in one, the keys that ask for it.
struct KeyChanges: Hashable, Sendable {
    /// One action's keys; an empty list takes all keys from it.
    struct Change: Hashable, Sendable {
        /// The scene's name; nil for every scene that has the action.
        var scene: String?
        /// The action's name, as help and palette give it.
        var action: String
        var keys: [KeyPress]
    }

    /// In the order of the config file; a later one wins.
    var changes: [Change] = []
}
