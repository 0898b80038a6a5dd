import Protocol

extension Samples {
    mutating func canvasView() -> CanvasView {
        let depths = ViewDepth.allCases
        return CanvasView(
            columns: int(2...500), rows: int(2...250), depth: depths[int(0...depths.count - 1)],
            part: int(0...1) == 0
                ? CanvasView.Part(x: int(0...16_383), y: int(0...16_383), zoom: int(1...16)) : nil)
    }

    mutating func viewRoute() -> Route {
        switch int(0...4) {
        case 0: .views(.home(nil))
        case 1: .views(.home(canvasView()))
        case 2: .views(.text(canvasView(), ifNoneMatch: int(0...1) == 0 ? "\"1-2\"" : nil))
        case 3: .views(.watch(canvasView(), framesPerSecond: int(1...10)))
        default: .views(.enlarged(scale: int(2...16)))
        }
    }
}
