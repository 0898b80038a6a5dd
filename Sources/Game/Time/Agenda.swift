/// What is to happen when: earliest first, and of equals the one planned first.
public struct Agenda<Event: Sendable>: Sendable {
    @usableFromInline var heap = AgendaHeap()
    /// Events by the slot that their entry in the heap names, so that sorting never moves them.
    @usableFromInline var events: [Event?] = []
    @usableFromInline var freeSlots: [Int] = []
    @usableFromInline var planned: UInt64 = 0

    /// Starts empty.
    @inlinable public init() {}

    /// How many events are planned.
    @inlinable public var count: Int { events.count - freeSlots.count }

    /// When the earliest is; nil where nothing is planned.
    @inlinable public var nextUs: Int64? { heap.nextUs }

    /// Adds an event, in microseconds on whatever clock the owner keeps.
    @inlinable public mutating func plan(_ event: Event, atUs: Int64) {
        planned += 1
        let slot: Int
        if let free = freeSlots.popLast() {
            slot = free
            events[slot] = event
        } else {
            slot = events.count
            events.append(event)
        }
        heap.add(AgendaHeap.Entry(atUs: atUs, order: planned, slot: slot))
    }

    /// Takes the earliest event; nil where nothing is planned.
    @inlinable public mutating func next() -> (atUs: Int64, event: Event)? {
        guard let entry = heap.popFirst(), let event = events[entry.slot] else { return nil }
        events[entry.slot] = nil
        freeSlots.append(entry.slot)
        return (entry.atUs, event)
    }

    /// Drops every event that isn't to be kept, in order; the others keep theirs.
    @inlinable public mutating func keep(where isKept: (_ atUs: Int64, _ event: Event) -> Bool) {
        var kept = Agenda()
        while let (atUs, event) = next() {
            if isKept(atUs, event) { kept.plan(event, atUs: atUs) }
        }
        kept.planned = max(kept.planned, planned)
        self = kept
    }
}

/// A binary heap of times: each entry stands before the two at twice its index.
@usableFromInline struct AgendaHeap: Sendable {
    @usableFromInline struct Entry: Sendable {
        @usableFromInline let atUs: Int64
        let order: UInt64
        @usableFromInline let slot: Int

        @usableFromInline init(atUs: Int64, order: UInt64, slot: Int) {
            self.atUs = atUs
            self.order = order
            self.slot = slot
        }

        func isBefore(_ other: Entry) -> Bool {
            atUs != other.atUs ? atUs < other.atUs : order < other.order
        }
    }

    private var entries: [Entry] = []

    @usableFromInline init() {}

    /// When the earliest is; nil where there is none.
    @usableFromInline var nextUs: Int64? { entries.first?.atUs }

    @usableFromInline mutating func add(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0, entries[child].isBefore(entries[(child - 1) / 2]) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    @usableFromInline mutating func popFirst() -> Entry? {
        guard let first = entries.first else { return nil }
        let last = entries.removeLast()
        guard !entries.isEmpty else { return first }
        entries[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in (2 * parent + 1)...(2 * parent + 2) where child < entries.count {
                if entries[child].isBefore(entries[least]) { least = child }
            }
            guard least != parent else { return first }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
