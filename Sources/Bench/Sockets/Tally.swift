/// Everything that reached the clients so far, in sum.
struct Tally {
    /// Frames of pixels.
    var frames = 0
    /// Pixels in them: versions passed, or for a peer pixels listed.
    var pixels = 0
    /// Bytes of these frames, WebSocket headers included.
    var bytes = 0
    /// Placements sent.
    var placed = 0
    /// Placements answered as made.
    var acknowledged = 0
    /// Placements refused.
    var refused = 0
    /// Clients whose connection ended before its time.
    var lost = 0

    /// What came between two moments.
    static func - (later: Tally, earlier: Tally) -> Tally {
        Tally(
            frames: later.frames - earlier.frames, pixels: later.pixels - earlier.pixels,
            bytes: later.bytes - earlier.bytes, placed: later.placed - earlier.placed,
            acknowledged: later.acknowledged - earlier.acknowledged,
            refused: later.refused - earlier.refused, lost: later.lost - earlier.lost)
    }
}
