/// When the decays of relays reached their members.
///
/// A relay loses an interval after another, so its decays should come in a beat. How long before the first arrival a
/// decay was due nobody outside the server knows; how far behind the beat each arrival is can be told, the beat being
/// set by the room's most punctual arrival.
struct BeatBook {
    private struct Arrival {
        var leftMs: Int
        var us: Int64
    }

    private var arrivals: [[Arrival]]

    /// Starts with so many rooms.
    init(rooms: Int) { arrivals = [[Arrival]](repeating: [], count: rooms) }

    /// A member of a room was told of a decay that left so much of the relay's time.
    mutating func arrive(room: Int, leftMs: Int, us: Int64) {
        arrivals[room].append(Arrival(leftMs: leftMs, us: us))
    }

    /// How far behind its room's beat each arrival was, and how long after a decay's first arrival in its room the
    /// last one came.
    func delays() -> (behind: Histogram, spread: Histogram) {
        var behind = Histogram()
        var spread = Histogram()
        for room in arrivals {
            guard let beatUs = room.map(Self.offsetUs).min() else { continue }
            var decays: [Int: (first: Int64, last: Int64)] = [:]
            for arrival in room {
                behind.record(us: Self.offsetUs(arrival) - beatUs)
                let known = decays[arrival.leftMs] ?? (arrival.us, arrival.us)
                decays[arrival.leftMs] = (min(known.first, arrival.us), max(known.last, arrival.us))
            }
            for decay in decays.values { spread.record(us: decay.last - decay.first) }
        }
        return (behind, spread)
    }

    /// The same for all arrivals that keep the beat.
    private static func offsetUs(_ arrival: Arrival) -> Int64 {
        arrival.us + Int64(arrival.leftMs) * 1_000
    }
}
