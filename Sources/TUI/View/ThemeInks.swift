/// The colors of everything that isn't the canvas, as a terminal of one depth is asked for them.
struct ThemeInks {
    /// Behind everything.
    var ground: Ink
    /// Words that stand back, on the ground.
    var groundText: Ink
    /// Behind bars and boxes: the ground, a little towards the text.
    var panel: Ink
    var text: Ink
    var strong: Ink
    var quiet: Ink
    var accent: Ink
    var good: Ink
    var warning: Ink
    var failure: Ink
    var cursor: [Ink]
    var dot: [Ink]
    var trail: [Ink]
    var frame: [Ink]
}
