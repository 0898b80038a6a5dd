/// A place on a canvas that a person wants to find again.
public struct Bookmark: Hashable, Sendable {
    /// 1 to `Limits.maxNameCharacters` printable characters.
    public let name: String
    /// Column, from 0 at the left.
    public let x: Int
    /// Row, from 0 at the top.
    public let y: Int

    /// Takes a name that all can read and a place that a canvas may have; nil for any other.
    public init?(name: String, x: Int, y: Int) {
        let places = 0..<Limits.maxCanvasSide
        guard let name = PlayerName.validated(name), places.contains(x), places.contains(y) else {
            return nil
        }
        self.name = name
        self.x = x
        self.y = y
    }
}

/// A person's bookmarks on one server, in the order in which they were made; each name stands once.
public struct Bookmarks: Hashable, Sendable {
    /// The bookmarks.
    public private(set) var items: [Bookmark] = []

    /// None.
    public init() {}

    /// Adds one, in place of another of its name; false where there are too many.
    public mutating func add(_ bookmark: Bookmark) -> Bool {
        if let at = items.firstIndex(where: { $0.name == bookmark.name }) {
            items[at] = bookmark
            return true
        }
        guard items.count < Limits.maxBookmarks else { return false }
        items.append(bookmark)
        return true
    }

    /// Takes one away by its number from 0; where there is none, nothing happens.
    public mutating func remove(at number: Int) {
        if items.indices.contains(number) { items.remove(at: number) }
    }
}

// MARK: - The file

extension Bookmarks {
    /// `{"bookmarks":[{"name","x","y"},…]}`, as a file.
    public func json() -> [UInt8] {
        JSONWriter.file {
            $0.objects("bookmarks", items) { item, writer in
                writer.field("name", item.name)
                writer.field("x", item.x)
                writer.field("y", item.y)
            }
        }
    }

    /// Reads what `json` writes; a failure says what is wrong with it.
    public init(json: [UInt8]) throws(Failure) {
        for fields in try JSONFields(json).objects("bookmarks") {
            let (name, x, y) = (try fields.string("name"), try fields.int("x"), try fields.int("y"))
            guard let bookmark = Bookmark(name: name, x: x, y: y) else {
                throw fields.refusal(
                    "name", "1 to \(Limits.maxNameCharacters) printable characters, with a place")
            }
            guard add(bookmark) else {
                throw Failure(.badRequest, "more than \(Limits.maxBookmarks) bookmarks")
            }
        }
    }
}
