import Protocol

/// What guests' tokens don't say: new names, and who is gone before its token.
struct GuestBook: Sendable {
    private var byID: [Identifier: GuestRecord] = [:]

    /// Takes the recovered ones.
    init(_ guests: [GuestRecord]) {
        for guest in guests { byID[guest.id] = guest }
    }

    /// How many are kept.
    var count: Int { byID.count }

    subscript(id: Identifier) -> GuestRecord? {
        get { byID[id] }
        set { byID[id] = newValue }
    }

    /// All of them, sorted by id.
    var sorted: [GuestRecord] { byID.values.sorted { $0.id < $1.id } }
}
