import Protocol

/// Where a canvas stands in a picture of a fixed size: enlarged by a whole number, or shrunk to fit.
struct StreamFit: Hashable, Sendable {
    /// The canvas.
    let size: CanvasSize
    /// Pixels on a cell's side; 0 where the canvas is shrunk.
    let scale: Int
    /// Pixels in a row of the canvas's picture.
    let width: Int
    /// Its rows.
    let height: Int
    /// Its left edge.
    let left: Int
    /// Its upper edge.
    let top: Int

    /// Fits a canvas into `areaWidth` by `areaHeight` pixels, in the middle.
    init(_ size: CanvasSize, areaWidth: Int, areaHeight: Int) {
        self.size = size
        scale = min(areaWidth / size.width, areaHeight / size.height)
        if scale > 0 {
            (width, height) = (size.width * scale, size.height * scale)
        } else {
            (width, height) = ShrunkCanvas.fit(size, maxWidth: areaWidth, maxHeight: areaHeight)
        }
        left = (areaWidth - width) / 2
        top = (areaHeight - height) / 2
    }

    /// The columns of pixels that show a cell's column, from the canvas's left edge.
    func columns(showing x: Int) -> Range<Int> {
        if scale > 0 { return x * scale..<(x + 1) * scale }
        let column = ((x + 1) * width - 1) / size.width
        return column..<column + 1
    }

    /// The rows of pixels that show a cell's row, from the canvas's upper edge.
    func rows(showing y: Int) -> Range<Int> {
        if scale > 0 { return y * scale..<(y + 1) * scale }
        let row = ((y + 1) * height - 1) / size.height
        return row..<row + 1
    }

    /// The cells' columns that a column of pixels shows.
    func cellColumns(of column: Int) -> Range<Int> {
        if scale > 0 { return column / scale..<column / scale + 1 }
        return column * size.width / width..<(column + 1) * size.width / width
    }

    /// The cells' rows that a row of pixels shows.
    func cellRows(of row: Int) -> Range<Int> {
        if scale > 0 { return row / scale..<row / scale + 1 }
        return row * size.height / height..<(row + 1) * size.height / height
    }
}
