/// A queue in one block of memory that wraps around: both ends and any offset in constant time.
public struct Ring<Element: Sendable>: Sendable {
    /// A power of two of slots; those outside the queue hold stale elements that only fill the room.
    @usableFromInline var slots: [Element] = []
    @usableFromInline var start = 0
    @usableFromInline var held = 0

    /// How many elements there are.
    @inlinable public var count: Int { held }

    /// Starts empty and without memory.
    @inlinable public init() {}

    /// Whether there is none.
    @inlinable public var isEmpty: Bool { count == 0 }

    /// The oldest element.
    @inlinable public var first: Element? { count == 0 ? nil : slots[start] }

    /// The slots that memory is held for.
    @inlinable public var capacity: Int { slots.count }

    /// The element so many places after the oldest.
    @inlinable public subscript(offset: Int) -> Element {
        get {
            precondition(offset >= 0 && offset < count, "outside the ring")
            return slots[(start + offset) & (slots.count - 1)]
        }
        set {
            precondition(offset >= 0 && offset < count, "outside the ring")
            slots[(start + offset) & (slots.count - 1)] = newValue
        }
    }

    /// Adds at the young end.
    @inlinable public mutating func append(_ element: Element) {
        if count == slots.count { resize(to: max(16, count * 2), filler: element) }
        slots[(start + count) & (slots.count - 1)] = element
        held += 1
    }

    /// Takes the oldest; nil when empty.
    @inlinable public mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = slots[start]
        removeFirst(1)
        return element
    }

    /// Takes the youngest; nil when empty.
    @inlinable public mutating func popLast() -> Element? {
        guard count > 0 else { return nil }
        held -= 1
        return slots[(start + count) & (slots.count - 1)]
    }

    /// Drops so many of the oldest, and memory once most of it is unused.
    @inlinable public mutating func removeFirst(_ number: Int) {
        precondition(number >= 0 && number <= count, "more than the ring holds")
        guard number > 0 else { return }
        start = (start + number) & (slots.count - 1)
        held -= number
        if slots.count > 1024, count * 8 < slots.count { resize(to: slots.count / 4, filler: slots[start]) }
    }

    @inlinable mutating func resize(to capacity: Int, filler: Element) {
        var moved: [Element] = []
        moved.reserveCapacity(capacity)
        for offset in 0..<count { moved.append(slots[(start + offset) & (slots.count - 1)]) }
        while moved.count < capacity { moved.append(filler) }
        slots = moved
        start = 0
    }
}
