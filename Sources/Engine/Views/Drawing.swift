public import Protocol

/// What is drawn of the durable canvas off the loop, once however many want to see it.
public enum Drawing: Hashable, Sendable {
    /// A page of text.
    case page(CanvasView)
    /// The same with a line of words below.
    case greeting(CanvasView)
    /// A frame for watchers.
    case frame(CanvasView)
    /// A PNG, each cell so many pixels wide.
    case png(scale: Int)

    /// What it takes to make of a canvas, in cells looked at or pixels written.
    func pixelCount(ofCells cellCount: Int) -> Int {
        switch self {
        case .page, .greeting, .frame: cellCount
        case .png(let scale): cellCount * scale * scale
        }
    }
}

/// The answer to someone who looks at the canvas without a client.
public enum ViewAnswer: Sendable {
    /// Text for a terminal.
    case text([UInt8], entityTag: String)
    /// A page for a browser, about this canvas.
    case page(CanvasAnswer)
    /// Begin a stream, then say `.streamRead`.
    case stream
}
