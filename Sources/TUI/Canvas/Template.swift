import Protocol
import Raster

/// A picture that somebody wants to see on the canvas.
struct Template: Hashable, Sendable {
    /// What it is called on the screen.
    let name: String
    /// Where its top left pixel belongs; it may lie outside, as long as some of the picture is on the canvas.
    var origin: Place
    let width: Int
    let height: Int
    /// Palette indexes, row by row; nil where the canvas may be anything.
    let cells: [UInt8?]

    /// The color that belongs at a place; nil outside, and where anything may be.
    func wanted(at place: Place) -> UInt8? {
        let x = place.x - origin.x
        let y = place.y - origin.y
        guard x >= 0, x < width, y >= 0, y < height else { return nil }
        return cells[y * width + x]
    }

    /// The columns and rows of a canvas that it covers; empty where it lies outside.
    func covered(of canvas: Extent) -> (columns: Range<Int>, rows: Range<Int>) {
        func overlap(_ start: Int, _ length: Int, _ room: Int) -> Range<Int> {
            let first = min(max(start, 0), room)
            return first..<max(min(start + length, room), first)
        }
        return (overlap(origin.x, width, canvas.width), overlap(origin.y, height, canvas.height))
    }

    /// The nearest origin at which some of it is on a canvas.
    func kept(_ origin: Place, on canvas: Extent) -> Place {
        Place(
            x: min(max(origin.x, 1 - width), canvas.width - 1),
            y: min(max(origin.y, 1 - height), canvas.height - 1))
    }
}

/// How a template is shown.
enum TemplateMode: String, Hashable, Sendable, CaseIterable {
    case off
    /// Its colors shine through the canvas's.
    case ghost
    /// What isn't right yet stands out from all the rest.
    case marks

    /// The one after it.
    var next: TemplateMode {
        switch self {
        case .off: .ghost
        case .ghost: .marks
        case .marks: .off
        }
    }
}

extension Template {
    /// The largest picture, in pixels: as much as a person sees on most canvases at once.
    static let maxPixels = 4 << 20
    /// The largest file.
    static let maxFileBytes = 16 << 20
    /// A name on the screen is no longer.
    static let maxNameColumns = 24

    /// Takes a picture in a palette's colors; nil where all of it is clear.
    init?(_ picture: RasterImage, palette: Palette, name: String, origin: Place) {
        let cells = picture.cells(in: palette)
        guard cells.contains(where: { $0 != nil }) else { return nil }
        self.init(
            name: Bars.clean(name, columns: Self.maxNameColumns), origin: origin, width: picture.width,
            height: picture.height, cells: cells)
    }
}
