import Engine
import Protocol
import Raster

extension Drawing {
    /// What stands below the picture of a greeting, beside the canvas's own caption.
    private static let invitation = "watch it live: /watch  play: pixelwars play, or see / in a browser"

    /// The drawing as bytes; nil where it can't be made.
    func bytes(of head: CanvasHead, caption: String, cells: [UInt8]) -> [UInt8]? {
        switch self {
        case .page(let view):
            TerminalFrame.page(cells: cells, size: head.size, palette: head.palette, view: view)
        case .greeting(let view):
            TerminalFrame.page(
                cells: cells, size: head.size, palette: head.palette, view: view,
                captions: [caption, Self.invitation])
        case .frame(let view):
            TerminalFrame.screen(
                cells: cells, size: head.size, palette: head.palette, view: view, caption: caption)
        case .png(let scale):
            try? PNGCodec.encode(cells: cells, size: head.size, palette: head.palette, scale: scale)
        }
    }
}
