import Game
import Protocol

/// ID tokens that were taken once, until their own end: none signs in twice.
///
/// What isn't known here any more is refused by its age: tokens older than the server's start, and where there
/// were too many, those older than the last one that made room.
struct PresentedTokens: Sendable {
    private struct Presented: Sendable {
        var fingerprint: [UInt8]
        var issuedAtMs: Int64
        var expiresAtMs: Int64
    }

    private var known: Set<[UInt8]> = []
    private var order = Ring<Presented>()
    /// Tokens made before this aren't taken, in milliseconds since 1970, to the second.
    private var floorMs: Int64

    /// Starts at a server's start.
    init(at now: Moment) {
        floorMs = now.wallMs - now.wallMs % 1000
    }

    /// How many are remembered.
    var count: Int { known.count }

    /// Takes a token; false where it was taken before, or where that can't be known.
    mutating func take(_ holder: GoogleHolder, at now: Moment) -> Bool {
        dropEnded(at: now)
        guard holder.issuedAtMs >= floorMs, known.insert(holder.fingerprint).inserted else { return false }
        while order.count >= Limits.maxPresentedTokens, let oldest = order.popFirst() {
            known.remove(oldest.fingerprint)
            floorMs = max(floorMs, oldest.issuedAtMs + 1000)
        }
        order.append(
            Presented(
                fingerprint: holder.fingerprint, issuedAtMs: holder.issuedAtMs,
                expiresAtMs: holder.expiresAtMs))
        return true
    }

    /// Looks at two old ones for each new one; a token is worth nothing a little after its end.
    private mutating func dropEnded(at now: Moment) {
        for _ in 0..<2 {
            guard let oldest = order.popFirst() else { return }
            if oldest.expiresAtMs + Self.skewMs > now.wallMs {
                order.append(oldest)
            } else {
                known.remove(oldest.fingerprint)
            }
        }
    }

    /// More than the edge grants to clocks that differ.
    private static let skewMs: Int64 = 5 * 60_000
}
