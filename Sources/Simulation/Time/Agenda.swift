/// What is to happen when: earliest first, and of equals the one planned first.
struct Agenda<Event: Sendable>: Sendable {
    private struct Entry: Sendable {
        var atUs: Int64
        var order: UInt64
        var event: Event

        func isBefore(_ other: Entry) -> Bool {
            atUs != other.atUs ? atUs < other.atUs : order < other.order
        }
    }

    /// A binary heap: each entry stands before the two at twice its index.
    private var heap: [Entry] = []
    private var planned: UInt64 = 0

    mutating func plan(_ event: Event, atUs: Int64) {
        planned += 1
        heap.append(Entry(atUs: atUs, order: planned, event: event))
        var child = heap.count - 1
        while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() -> (atUs: Int64, event: Event)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return (first.atUs, first.event) }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].isBefore(heap[least]) { least = child }
            }
            guard least != parent else { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return (first.atUs, first.event)
    }
}
