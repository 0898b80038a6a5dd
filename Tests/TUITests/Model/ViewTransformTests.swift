import Protocol
import Testing

@testable import TUI

/// Turned views: what is seen under a half cell leads back to it, whatever the turn.
@Suite struct ViewTransformTests {
    /// A turn of each kind, and a good many mixed ones.
    static let turns: [ViewTurn] = {
        var turns = [ViewTurn.upright]
        for degrees in [15.0, 45, 90, 180, 270, 37, 211.5] {
            var turn = ViewTurn()
            turn.rotate(byDegrees: degrees)
            turns.append(turn)
            turn.flipAcross()
            turns.append(turn)
        }
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<40 {
            var turn = ViewTurn()
            turn.rotate(byDegrees: Double.random(in: -360...360, using: &generator))
            turn.shear(by: Double.random(in: -2...2, using: &generator))
            turn.stretch(to: Double.random(in: 0.5...2, using: &generator))
            if Bool.random(using: &generator) { turn.flipAcross() }
            turns.append(turn)
        }
        return turns
    }()
    static let zooms: [Zoom] = [.actual, .magnified(2), .magnified(8), .magnified(16)]
    static let canvas = Extent(width: 240, height: 170)

    static func view(_ turn: ViewTurn, _ zoom: Zoom, at place: Place) -> Viewport {
        var view = Viewport(columns: 78, rows: 21)
        view.zoom(to: zoom, keeping: place, canvas: canvas)
        view.center(on: place, canvas: canvas)
        view.turn(to: turn, keeping: place, canvas: canvas)
        return view
    }

    @Test("every pixel that is seen has a spot that shows it", arguments: turns)
    func spots(turn: ViewTurn) {
        for zoom in Self.zooms {
            let view = Self.view(turn, zoom, at: Place(x: 100, y: 80))
            for halfRow in stride(from: 0, to: view.halfRows, by: 3) {
                for column in 0..<view.columns {
                    let place = view.pixel(column: column, halfRow: halfRow)
                    let spot = view.spot(of: place)
                    #expect(view.pixel(column: spot.column, halfRow: spot.halfRow) == place)
                }
            }
        }
    }

    @Test("adding up along a row finds the pixels that looking them up finds", arguments: turns)
    func lines(turn: ViewTurn) {
        let transform = Self.view(turn, .magnified(4), at: Place(x: 31, y: 150)).transform
        for halfRow in [0, 1, 17, 41] {
            var line = transform.line(halfRow: halfRow)
            for column in 0..<300 {
                let place = Place(x: Int(line.x >> 32), y: Int(line.y >> 32))
                #expect(place == transform.pixel(column: column, halfRow: halfRow))
                line.x &+= line.stepX
                line.y &+= line.stepY
            }
        }
    }

    @Test("the half cells of a pixel are those that show it, and no others", arguments: turns)
    func cells(turn: ViewTurn) {
        let view = Self.view(turn, .magnified(8), at: Place(x: 120, y: 80))
        let place = view.pixel(column: 40, halfRow: 20)
        let found = Set(view.transform.cells(of: place, columns: view.columns, halfRows: view.halfRows))
        for halfRow in 0..<view.halfRows {
            for column in 0..<view.columns {
                let shows = view.pixel(column: column, halfRow: halfRow) == place
                let cell = ViewTransform.HalfCell(column: column, halfRow: halfRow)
                #expect(found.contains(cell) == shows)
            }
        }
    }

    @Test("an upright view's map agrees with its whole numbers", arguments: [1, 2, 4, 8, 16])
    func upright(scale: Int) {
        var view = Viewport(columns: 78, rows: 21)
        view.zoom = .magnified(scale)
        view.center(on: Place(x: 99, y: 77), canvas: Self.canvas)
        for halfRow in 0..<view.halfRows {
            for column in 0..<view.columns {
                #expect(
                    view.transform.pixel(column: column, halfRow: halfRow)
                        == view.pixel(column: column, halfRow: halfRow))
            }
        }
    }

    @Test("turning keeps the pixel where it was seen, and a revealed pixel is in view", arguments: turns)
    func keeps(turn: ViewTurn) {
        // So large that no edge of it is ever in view, which would move it.
        let canvas = Extent(width: 2_000, height: 2_000)
        for zoom in Self.zooms {
            let place = Place(x: 1_000, y: 1_000)
            var before = Viewport(columns: 78, rows: 21)
            before.zoom = zoom
            before.center(on: place, canvas: canvas)
            before.pan(columns: 16, halfRows: 0, canvas: canvas)
            var view = before
            view.turn(to: turn, keeping: place, canvas: canvas)
            let (was, now) = (before.transform.middle(of: place), view.transform.middle(of: place))
            // What is larger than its room is moved into it.
            let reach = view.transform.reach
            guard reach.x < 15, reach.y < 15 else { continue }
            let slack = turn.isSquare ? Double(zoom.scale) : 0.01
            #expect(abs(was.x - now.x) <= slack && abs(was.y - now.y) <= slack)
            for corner in ViewportTests.places(canvas) {
                view.reveal(corner, canvas: canvas)
                let spot = view.spot(of: corner)
                #expect(
                    (0..<view.columns).contains(spot.column) && (0..<view.halfRows).contains(spot.halfRow))
            }
        }
    }

    @Test("pixels turned by right angles are drawn as exact squares", arguments: [90.0, 180, 270])
    func squares(degrees: Double) {
        for scale in [2, 4, 8, 16] {
            var turn = ViewTurn()
            turn.rotate(byDegrees: degrees)
            let view = Self.view(turn, .magnified(scale), at: Place(x: 100, y: 80))
            let place = view.pixel(column: 40, halfRow: 20)
            let area = view.area(of: place)
            #expect(area.columns.count == scale && area.halfRows.count == scale)
            #expect(area.halfRows.lowerBound % 2 == 0)
            for halfRow in area.halfRows {
                for column in area.columns { #expect(view.pixel(column: column, halfRow: halfRow) == place) }
            }
        }
    }

    @Test("four quarter turns, and two flips, are none")
    func identity() {
        var turn = ViewTurn()
        turn.shear(by: 0.25)
        let before = turn
        for _ in 0..<4 { turn.rotate(byDegrees: 90) }
        #expect(turn == before)
        turn.rotate(byDegrees: 30)
        let turned = turn
        turn.flipAcross()
        turn.flipAcross()
        #expect(turn == turned)
        turn.flipDown()
        #expect(turn != turned)
        turn.flipDown()
        #expect(turn == turned)
    }

    @Test("a flip changes the sides of what is seen, however it was turned before")
    func flips() {
        var turn = ViewTurn()
        turn.rotate(byDegrees: 30)
        turn.shear(by: 0.5)
        let point = ViewTransform.Point(x: 3, y: 7)
        let before = turn.linear(at: .actual).applied(to: point)
        var across = turn
        across.flipAcross()
        let mirrored = across.linear(at: .actual).applied(to: point)
        #expect(abs(mirrored.x + before.x) < 1e-9 && abs(mirrored.y - before.y) < 1e-9)
        turn.flipDown()
        let flipped = turn.linear(at: .actual).applied(to: point)
        #expect(abs(flipped.x - before.x) < 1e-9 && abs(flipped.y + before.y) < 1e-9)
    }

    @Test("the title says how the view is turned, shortly")
    func labels() {
        var turn = ViewTurn()
        #expect(turn.label == "")
        turn.rotate(byDegrees: -15)
        #expect(turn.label == "-15°")
        turn.rotate(byDegrees: 15)
        turn.flipDown()
        #expect(turn.label == "flipped")
        turn.shear(by: -0.25)
        turn.stretch(to: 1.5)
        #expect(turn.label == "flipped shear -0.25 stretch 1.5")
        turn.stretch(to: 1e9)
        #expect(turn.stretch == 4)
    }

    @Test(
        "words for a turn are understood, and others refused",
        arguments: [
            ("37", ViewChange.rotate(degrees: 37)), ("rotate -15.5", .rotate(degrees: -15.5)),
            ("turn 90°", .rotate(degrees: 90)), ("shear 0.5", .shear(by: 0.5)),
            ("Stretch 2", .stretch(to: 2)),
            ("mirror", .flipAcross), ("flip", .flipDown), ("upright", .upright),
        ])
    func words(text: String, change: ViewChange) {
        #expect(ViewWords.change(text) == change)
    }

    @Test(
        "nonsense turns nothing",
        arguments: ["", "rotate", "nan", "inf", "stretch 0", "stretch -1", "1 2 3", "99999", "spin 3"])
    func nonsense(text: String) {
        #expect(ViewWords.change(text) == nil)
    }
}
