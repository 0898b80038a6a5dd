public import Protocol

/// Which version each frame of a film of a canvas's history shows.
public struct FilmPlan: Hashable, Sendable {
    /// How many frames there are.
    public enum Length: Hashable, Sendable {
        case seconds(Int)
        case versionsPerFrame(Int)
    }

    /// What the first frame shows.
    public let from: Version
    /// What the last frame shows.
    public let to: Version
    /// How many frames there are, at least one.
    public let frameCount: Int

    /// Plans a film; none has more frames than versions to show.
    ///
    /// - Parameter from: no greater than `to`.
    public init(from: Version, to: Version, length: Length, framesPerSecond: Int) {
        precondition(from <= to, "a film goes forward")
        self.from = from
        self.to = to
        let versions = Int(to - from)
        switch length {
        case .seconds(let seconds): frameCount = min(max(2, seconds * framesPerSecond), versions + 1)
        case .versionsPerFrame(let step): frameCount = (versions + step - 1) / step + 1
        }
    }

    /// The version of a frame, from 0; they are spread evenly.
    public func version(ofFrame frame: Int) -> Version {
        guard frameCount > 1 else { return to }
        let steps = Version(frameCount - 1)
        let (whole, rest) = (to - from).quotientAndRemainder(dividingBy: steps)
        return from + whole * Version(frame)
            + steps.dividingFullWidth(rest.multipliedFullWidth(by: Version(frame))).quotient
    }

    /// How large a cell can be shown, in pixels, so that the film fits a screen.
    public static func standardScale(of size: CanvasSize) -> Int {
        min(64, max(1, min(1_920 / size.width, 1_080 / size.height)))
    }
}
