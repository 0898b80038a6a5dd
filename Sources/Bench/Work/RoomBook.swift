/// What each member of each room heard, in order: in a room everyone must have heard the same.
struct RoomBook {
    /// A hash for each event, by room and member.
    private var heard: [[[UInt64]]]

    /// Starts with rooms of so many members, who have heard nothing.
    init(rooms: Int, members: Int) {
        heard = [[[UInt64]]](
            repeating: [[UInt64]](repeating: [], count: members), count: rooms)
    }

    /// A member heard an event.
    mutating func hear(_ event: UInt64, room: Int, member: Int) {
        heard[room][member].append(event)
    }

    /// Whether all members of a room have heard the same number of events.
    func isLevel(_ room: Int) -> Bool { Set(heard[room].map(\.count)).count <= 1 }

    /// Closes a room's book, so that what is heard later doesn't count.
    ///
    /// - Returns: events that came to some members and not to others, and members who heard others, or in another
    ///   order, than the one who heard most.
    mutating func close(_ room: Int) -> (lost: Int, disordered: Int) {
        let members = heard[room]
        heard[room] = members.map { _ in [] }
        guard let most = members.max(by: { $0.count < $1.count }) else { return (0, 0) }
        return (
            lost: members.reduce(0) { $0 + most.count - $1.count },
            disordered: members.count { !most.starts(with: $0) }
        )
    }
}
