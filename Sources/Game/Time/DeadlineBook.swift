/// Deadlines that mostly move away before they come: one planned look a key, and the truth is asked then.
///
/// Moving a deadline costs nothing here. A key's look may come too early; its owner then says the true time
/// again. It never comes too late, as long as `plan` is called whenever a key's deadline may have come nearer.
public struct DeadlineBook<Key: Hashable & Sendable>: Sendable {
    @usableFromInline var agenda = Agenda<Key>()
    /// When each key is looked at next; an entry of the agenda at another time is void.
    @usableFromInline var looks: [Key: Int64] = [:]

    /// Starts empty.
    @inlinable public init() {}

    /// When the next look is due, in microseconds; nil where none is planned.
    @inlinable public var nextUs: Int64? { agenda.nextUs }

    /// How many keys are looked at.
    @inlinable public var count: Int { looks.count }

    /// How many entries are kept for them, void ones too.
    @inlinable public var entryCount: Int { agenda.count }

    /// Has a key looked at no later than a time.
    @inlinable public mutating func plan(_ key: Key, atUs: Int64) {
        if let look = looks[key], look <= atUs { return }
        looks[key] = atUs
        agenda.plan(key, atUs: atUs)
        dropVoid()
    }

    /// Looks at a key no more, unless it is planned anew.
    @inlinable public mutating func cancel(_ key: Key) {
        looks[key] = nil
        dropVoid()
    }

    /// Takes a key whose look is due; nil where none is.
    @inlinable public mutating func popDue(atUs nowUs: Int64) -> Key? {
        while let nextUs = agenda.nextUs, nextUs <= nowUs, let (atUs, key) = agenda.next() {
            guard looks[key] == atUs else { continue }
            looks[key] = nil
            return key
        }
        return nil
    }

    /// Keeps void entries from outnumbering the others by much.
    @inlinable mutating func dropVoid() {
        guard agenda.count > 2 * looks.count + 64 else { return }
        let looks = looks
        var kept: Set<Key> = []
        agenda.keep { atUs, key in looks[key] == atUs && kept.insert(key).inserted }
    }
}
