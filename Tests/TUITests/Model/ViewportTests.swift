import Protocol
import Testing

@testable import TUI

/// Cursor and view agree at every zoom, wherever the view is.
@Suite struct ViewportTests {
    static let zooms: [Zoom] =
        [1, 2, 4, 8, 16].map(Zoom.magnified) + [2, 3, 5, 24].map(Zoom.reduced)
    static let extents = [
        Extent(width: 300, height: 200), Extent(width: 7, height: 5), Extent(width: 1, height: 1),
        Extent(width: 1000, height: 3),
    ]

    static func places(_ extent: Extent) -> [Place] {
        [(0, 0), (1, 1), (2, 2), (1, 2)].map { part in
            extent.nearest(Place(x: extent.width * part.0 / 2, y: extent.height * part.1 / 2))
        }
    }

    @Test(
        "a revealed pixel is in view, and the half cells that show it lead back to it", arguments: zooms,
        extents)
    func roundTrip(zoom: Zoom, extent: Extent) {
        for place in Self.places(extent) {
            var view = Viewport(columns: 77, rows: 21)
            view.zoom = zoom
            view.center(on: place, canvas: extent)
            view.reveal(place, canvas: extent)
            #expect(view.shows(place))
            let area = view.area(of: place)
            for (column, halfRow) in [
                (area.columns.lowerBound, area.halfRows.lowerBound),
                (area.columns.upperBound - 1, area.halfRows.upperBound - 1),
            ] {
                let found = view.pixel(column: column, halfRow: halfRow)
                let block = zoom.block
                #expect(found.x <= place.x && place.x < found.x + block)
                #expect(found.y <= place.y && place.y < found.y + block)
            }
        }
    }

    @Test("zooming keeps the pixel under its half cell, as far as the canvas's edges allow", arguments: zooms)
    func zoomKeepsPlace(zoom: Zoom) {
        let extent = Extent(width: 4000, height: 4000)
        let place = Place(x: 2000, y: 2000)
        var view = Viewport(columns: 80, rows: 20)
        view.center(on: place, canvas: extent)
        view.pan(columns: 13, halfRows: -6, canvas: extent)
        let before = view.area(of: place)
        view.zoom(to: zoom, keeping: place, canvas: extent)
        let after = view.area(of: place)
        #expect(abs(after.columns.lowerBound - before.columns.lowerBound) < zoom.scale)
        #expect(abs(after.halfRows.lowerBound - before.halfRows.lowerBound) < zoom.scale)
    }

    @Test("panning never leaves the canvas", arguments: zooms)
    func panStays(zoom: Zoom) {
        let extent = Extent(width: 3000, height: 3000)
        var view = Viewport(columns: 80, rows: 20)
        view.zoom = zoom
        for step in [(-10_000, -10_000), (100_000, 100_000), (-57, 33)] {
            view.pan(columns: step.0, halfRows: step.1, canvas: extent)
            #expect(extent.contains(view.pixel(column: 0, halfRow: 0)))
        }
    }

    @Test("a canvas smaller than the view stands in its middle")
    func centered() {
        var view = Viewport(columns: 80, rows: 20)
        view.center(on: Place(x: 0, y: 0), canvas: Extent(width: 20, height: 10))
        #expect(view.area(of: Place(x: 0, y: 0)).columns.lowerBound == 30)
        #expect(view.area(of: Place(x: 0, y: 0)).halfRows.lowerBound == 15)
    }

    @Test(
        "the whole canvas is in view at the nearest zoom that shows it",
        arguments: [
            (1000, 1000, Zoom.reduced(24)), (80, 42, .actual), (81, 42, .reduced(2)), (40, 21, .magnified(2)),
            (1, 1, .magnified(16)),
        ])
    func whole(width: Int, height: Int, zoom: Zoom) {
        #expect(Zoom.whole(width: width, height: height, columns: 80, halfRows: 42) == zoom)
    }

    @Test("zooming out stops at the whole canvas, zooming in at the largest pixel, and both come back")
    func ladder() {
        let whole = Zoom.reduced(24)
        var zoom = Zoom.magnified(16)
        #expect(zoom.nearer == zoom)
        var seen = [zoom]
        while zoom != whole, seen.count < 20 {
            zoom = zoom.farther(whole: whole)
            seen.append(zoom)
        }
        #expect(zoom == whole)
        #expect(zoom.farther(whole: whole) == whole)
        for expected in seen.dropLast().reversed() {
            zoom = zoom.nearer
            #expect(zoom == expected)
        }
    }
}
