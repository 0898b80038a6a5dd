import Protocol
import Raster

/// The canvas where its pixels are smaller than half cells: each cell gets the character and the colors that come
/// nearest to what lies under it.
struct OverviewPainter {
    let canvas: CanvasImage
    let reduction: Reduction
    let glyphs: Settings.OverviewGlyphs
    let eye: ViewTransform
    let theme: Theme
    /// What all colors are paled towards, where the canvas is one of the past.
    let paleGround: ColorVector?

    private static let paleShare: Float = 0.6

    func draw(in area: Layout.Area, into grid: inout CellGrid) {
        let columns = min(area.columns, grid.columns)
        let ground = theme.ground.background.rgb.map { ColorVector($0) } ?? .zero
        let reader = QuarterReader(canvas, reduction, outside: ground)
        let eye = eye.counting(Double(reduction.block) / 2)
        var lines = [[ColorVector]](repeating: [ColorVector](repeating: ground, count: columns * 2), count: 4)
        for row in 0..<area.rows {
            for part in 0..<4 {
                reader.read(
                    eye.quarterLine(halfRow: row * 2 + part / 2, isLower: part % 2 == 1), into: &lines[part])
            }
            grid.withRow(area.row + row) { cells in
                lines[0].withUnsafeBufferPointer { first in
                    lines[1].withUnsafeBufferPointer { second in
                        lines[2].withUnsafeBufferPointer { third in
                            lines[3].withUnsafeBufferPointer { fourth in
                                for column in 0..<columns {
                                    cells[column] = cell(column * 2, first, second, third, fourth)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private typealias Line = UnsafeBufferPointer<ColorVector>

    @inline(__always)
    private func cell(_ at: Int, _ first: Line, _ second: Line, _ third: Line, _ fourth: Line) -> Cell {
        let upperLeft = (first[at] + second[at]) * 0.5
        let upperRight = (first[at + 1] + second[at + 1]) * 0.5
        let lowerLeft = (third[at] + fourth[at]) * 0.5
        let lowerRight = (third[at + 1] + fourth[at + 1]) * 0.5
        func sample(_ number: Int) -> ColorVector {
            let column = at + number % 2
            return switch number / 2 {
            case 0: first[column]
            case 1: second[column]
            case 2: third[column]
            default: fourth[column]
            }
        }
        guard theme.hasColor else {
            return Cell(
                shade(upperLeft, upperRight, lowerLeft, lowerRight, sample), theme.ground)
        }
        switch glyphs {
        case .halves:
            let (upper, lower) = ((upperLeft + upperRight) * 0.5, (lowerLeft + lowerRight) * 0.5)
            let isOne = (upper - lower).square < 1
            return cell(CellFit(scalar: isOne ? " " : "▀", foreground: upper, background: lower))
        case .quadrants: return cell(CellFit.quadrants(upperLeft, upperRight, lowerLeft, lowerRight))
        case .braille: return cell(CellFit.braille(sample))
        }
    }

    private func shade(
        _ upperLeft: ColorVector, _ upperRight: ColorVector, _ lowerLeft: ColorVector,
        _ lowerRight: ColorVector, _ sample: (Int) -> ColorVector
    ) -> Unicode.Scalar {
        switch glyphs {
        case .halves:
            MonochromeShades.cell(
                upper: Int((upperLeft.luma + upperRight.luma) / 2),
                lower: Int((lowerLeft.luma + lowerRight.luma) / 2))
        case .quadrants:
            MonochromeShades.quadrants(
                Int(upperLeft.luma), Int(upperRight.luma), Int(lowerLeft.luma), Int(lowerRight.luma))
        case .braille: MonochromeShades.dots { Int(sample($0).luma) }
        }
    }

    private func cell(_ fit: CellFit) -> Cell {
        let (foreground, background) = (ink(fit.foreground), ink(fit.background))
        // Alike colors become a space, as everywhere: terminals draw it without seams.
        let scalar = foreground == background ? " " : fit.scalar
        return Cell(scalar, Brush(foreground: foreground, background: background))
    }

    private func ink(_ color: ColorVector) -> Ink {
        guard let paleGround else { return Ink(color.color) }
        return Ink((color + (paleGround - color) * Self.paleShare).color)
    }
}
