import Testing

@testable import Bench

@Suite("What the members of rooms heard")
struct RoomBookTests {
    private func closed(_ heard: [[UInt64]]) -> [Int] {
        var book = RoomBook(rooms: 2, members: heard.count)
        for (member, events) in heard.enumerated() {
            for event in events { book.hear(event, room: 1, member: member) }
        }
        let found = book.close(1)
        return [found.lost, found.disordered]
    }

    @Test("the same in the same order is no fault, nor is nothing at all")
    func equal() {
        #expect(closed([[1, 2, 3], [1, 2, 3]]) == [0, 0])
        #expect(closed([[], []]) == [0, 0])
    }

    @Test("an event that a member lacks at the end is lost, within it also another order")
    func lost() {
        #expect(closed([[1, 2, 3], [1, 2], [1, 2, 3]]) == [1, 0])
        #expect(closed([[1, 2, 3], [1, 3], [1, 2, 3]]) == [1, 1])
    }

    @Test("events in another order are no loss, and a fault of each member who heard them so")
    func order() {
        let found = closed([[1, 2, 3], [1, 3, 2], [3, 2, 1]])
        #expect(found[0] == 0)
        #expect(found[1] == 2)
    }

    @Test("a room is level while all have heard as many, and begins anew once closed")
    func level() {
        var book = RoomBook(rooms: 2, members: 2)
        #expect(book.isLevel(0))
        book.hear(5, room: 0, member: 1)
        #expect(!book.isLevel(0))
        #expect(book.isLevel(1))
        let found = book.close(0)
        #expect(found.lost == 1)
        #expect(book.isLevel(0))
    }
}
