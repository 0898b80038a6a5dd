/// Keys that are pressed where they are written.
extension Model {
    /// The key that stands under the mouse, and the button taken for its press; nil where there is none.
    mutating func pressWritten(under mouse: MouseEvent) -> KeyPress? {
        // What the person sees is asked, so that no key is anywhere else than it is drawn.
        let press = View.frame(of: self).press(column: mouse.column, row: mouse.row)
        if press != nil { freshPress.takeButton() }
        return press
    }
}
