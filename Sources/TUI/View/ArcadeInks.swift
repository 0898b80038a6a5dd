/// The colors that arcade games are played in, as the look has them.
struct ArcadeInks: Sendable {
    /// The dot's color at each distance from its middle.
    private let dot: [Ink]
    /// The crosshair's way from its newest step to its oldest.
    let trail: [Ink]
    let cursor: Ink
    let hit: Ink
    let miss: Ink

    /// How many distances from its middle the dot's pixels have, counted by steps: 0, 1 and 2 in a square of three.
    private static let dotSteps = 3

    init(_ theme: Theme, atMs: Int64) {
        dot = (0..<Self.dotSteps).map { theme.shaded(theme.dot, at: $0, of: Self.dotSteps) }
        trail = theme.trail
        cursor = theme.cursor(atMs: atMs)
        hit = theme.good.foreground
        miss = theme.failure.foreground
    }

    /// The dot's color at a distance from its middle.
    func dot(distance: Int) -> Ink { dot[min(distance, dot.count - 1)] }

    /// The color of a step of the trail, 0 being the newest of so many.
    func trail(age: Int) -> Ink { trail[min(age, trail.count - 1)] }
}
