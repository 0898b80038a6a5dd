import Protocol

/// Reads the canvas aloud: colors by their words, equal ones in a row counted.
struct CanvasReader {
    let model: Model
    let names: ColorNames

    /// How far a look goes to both sides unless asked otherwise.
    static let reach = 10
    /// The largest square that is read row by row, to each side.
    static let maxRadius = 10

    /// A place and its color: `3,4 red`.
    func cell(_ place: Place) -> String {
        guard let index = model.shownIndex(at: place) else { return "\(place.x),\(place.y)" }
        return "\(place.x),\(place.y) \(names[index])"
    }

    /// Where the cursor is.
    var cursor: Announcement { Announcement(.cursor, cell(model.cursor)) }

    /// A part of a row, cut to the canvas: `row 4, 0 to 6: 2 white, cursor on red, 4 white`.
    func row(_ y: Int, from first: Int, through last: Int) -> Announcement? {
        guard let extent = model.canvas?.extent, y >= 0, y < extent.height else { return nil }
        let columns = max(first, 0)...min(max(last, 0), extent.width - 1)
        var runs: [(words: String, count: Int)] = []
        for x in columns {
            let place = Place(x: x, y: y)
            let color = model.shownIndex(at: place).map { names[$0] } ?? ""
            if place == model.cursor {
                runs.append(("cursor on \(color)", 0))
            } else if let run = runs.last, run.count > 0, run.words == color {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((color, 1))
            }
        }
        let words = runs.map { $0.count > 1 ? "\($0.count) \($0.words)" : $0.words }.joined(separator: ", ")
        return Announcement(.canvas, "row \(y), \(columns.lowerBound) to \(columns.upperBound): \(words)")
    }

    /// The row of the cursor, some cells to both sides.
    var line: [Announcement] {
        let cursor = model.cursor
        return row(cursor.y, from: cursor.x - Self.reach, through: cursor.x + Self.reach).map { [$0] } ?? []
    }

    /// The rows around the cursor, from the top.
    func square(radius: Int) -> [Announcement] {
        let cursor = model.cursor
        let radius = min(max(radius, 0), Self.maxRadius)
        return (cursor.y - radius...cursor.y + radius).compactMap {
            row($0, from: cursor.x - radius, through: cursor.x + radius)
        }
    }

    /// The whole canvas in nine parts, each with its commonest colors.
    var whole: [Announcement] {
        guard let canvas = model.canvas else { return [] }
        let rows = Self.thirds(canvas.size.height)
        let columns = Self.thirds(canvas.size.width)
        let titles = [
            ["top left", "top", "top right"], ["left", "middle", "right"],
            ["bottom left", "bottom", "bottom right"],
        ]
        return rows.enumerated().flatMap { line, ys in
            columns.enumerated().compactMap { column, xs in
                ys.isEmpty || xs.isEmpty
                    ? nil : Announcement(.canvas, "\(titles[line][column]): \(commonest(canvas, xs, ys))")
            }
        }
    }

    private static func thirds(_ length: Int) -> [Range<Int>] {
        (0..<3).map { length * $0 / 3..<length * ($0 + 1) / 3 }
    }

    /// Up to three colors of a part of the canvas, each with what it covers.
    private func commonest(_ canvas: CanvasImage, _ columns: Range<Int>, _ rows: Range<Int>) -> String {
        var counts = [Int](repeating: 0, count: 256)
        for y in rows {
            for x in columns { counts[Int(canvas.index(at: Place(x: x, y: y)))] += 1 }
        }
        let all = rows.count * columns.count
        let first = counts.indices.filter { counts[$0] > 0 }
            .sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(3)
        return first.map { index in
            let percent = counts[index] * 100 / all
            return "\(names[UInt8(index)]) \(percent == 0 ? "under 1" : String(percent)) percent"
        }.joined(separator: ", ")
    }
}
