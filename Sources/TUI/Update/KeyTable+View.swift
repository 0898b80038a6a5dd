extension KeyTable {
    /// The keys that turn the canvas, and the small map's.
    static let turnEntries: [Entry] = [
        Entry(
            section: .view, words: "turn by 15, 90 degrees",
            keys: [
                (KeyPress(","), .turnView(.rotate(degrees: -ViewTurn.stepDegrees))),
                (KeyPress("."), .turnView(.rotate(degrees: ViewTurn.stepDegrees))),
                (KeyPress("<"), .turnView(.rotate(degrees: -90))),
                (KeyPress(">"), .turnView(.rotate(degrees: 90))),
            ]),
        Entry(
            section: .view, words: "any angle, upright",
            keys: [(KeyPress("r"), .turnBy), (KeyPress("R"), .turnView(.upright))]),
        Entry(
            section: .view, words: "mirror, flip, shear",
            keys: [
                (KeyPress("X"), .turnView(.flipAcross)), (KeyPress("Y"), .turnView(.flipDown)),
                (KeyPress("("), .turnView(.shear(by: -ViewTurn.shearStep))),
                (KeyPress(")"), .turnView(.shear(by: ViewTurn.shearStep))),
            ]),
        Entry(section: .view, words: "small map", keys: [(KeyPress("M"), .minimap)]),
    ]
}
