import Client
import Glibc
import Protocol
import Testing
import Transport

@Suite("Kept bookmarks")
struct BookmarkFileTests {
    private let state: StateDirectory
    private let file: BookmarkFile

    init() throws {
        state = try StateDirectory()
        file = state.keyring.bookmarkFile(server: try #require(ServerURL("http://127.0.0.1:8080")))
    }

    private static func bookmarks(_ names: String...) throws -> Bookmarks {
        var bookmarks = Bookmarks()
        for name in names { _ = bookmarks.add(try #require(Bookmark(name: name, x: 3, y: 4))) }
        return bookmarks
    }

    @Test("are for their owner alone, one file a server, and come back as they were")
    func roundTrip() throws {
        #expect(try file.load() == Bookmarks())
        let kept = try Self.bookmarks("sun", "sea")
        try file.save(kept)
        #expect(try file.load() == kept)
        let other = state.keyring.bookmarkFile(server: try #require(ServerURL("https://127.0.0.1:8080")))
        #expect(try other.load() == Bookmarks())
        try other.save(try Self.bookmarks("moon"))
        #expect(try file.load() == kept)
        #expect(state.names().count == 2)
        for name in state.names() {
            #expect(name.hasPrefix("@127.0.0.1-8080-") && name.hasSuffix(".bookmarks.json"))
            #expect(state.mode(state.path(name)) == 0o600)
        }
        #expect(state.mode(state.keyring.directory) == 0o700)
    }

    @Test(
        "that are damaged are told of in one line that names the file, and stay as they are",
        arguments: ["", "{", "[]", "\u{0}", String(repeating: "[", count: 70_000)])
    func damaged(text: String) throws {
        try file.save(try Self.bookmarks("sun"))
        let path = state.path(try #require(state.names().first))
        try state.write(text, to: path)
        do throws(KeyringError) {
            _ = try file.load()
            Issue.record("damaged bookmarks were read")
        } catch {
            #expect(error.description.hasPrefix("\(path): ") && !error.description.contains("\n"))
        }
    }

    @Test("that others can read, or that are no file, aren't read")
    func open() throws {
        try file.save(try Self.bookmarks("sun"))
        let path = state.path(try #require(state.names().first))
        #expect(chmod(path, 0o644) == 0)
        #expect(throws: KeyringError.self) { try file.load() }
        #expect(unlink(path) == 0 && mkfifo(path, 0o600) == 0)
        #expect(throws: KeyringError.self) { try file.load() }
    }
}
