import Crypto
import Glibc
import Protocol
import Testing
import Transport

@testable import Client

@Suite("A session's file")
struct SessionFileTests {
    private let state: StateDirectory
    private let store: SessionStore
    private let tokens = SessionTokensTests.tokens()

    init() throws {
        state = try StateDirectory()
        store = SessionStore(directory: state.keyring.directory, profile: "ada")
    }

    private func file(_ url: String = "http://127.0.0.1:8080", key: UInt8 = 1) throws -> SessionFile {
        store.file(
            server: try #require(ServerURL(url)), holder: .key([UInt8](repeating: key, count: 32)))
    }

    @Test("is for its owner alone, and gives back what it was given")
    func roundTrip() throws {
        let file = try file()
        #expect(file.read() == nil)
        var tokens = tokens
        try file.write(tokens)
        #expect(file.read() == tokens)
        tokens.refreshSentMs = 1_700_000_000_001
        tokens.account.name = "Ädä \"x\""
        try file.write(tokens)
        #expect(file.read() == tokens)
        #expect(state.mode(state.keyring.directory) == 0o700)
        let name = try #require(state.names().first)
        #expect(state.names().count == 1 && state.mode(state.path(name)) == 0o600)
        #expect(name.hasPrefix("ada@http-127.0.0.1-8080-") && name.hasSuffix(".session"))
        try file.remove()
        #expect(file.read() == nil && state.names().isEmpty)
    }

    @Test("is another one for each server, scheme, port and key")
    func names() throws {
        let files = try [
            file(), file("https://127.0.0.1:8080"), file("http://127.0.0.1:8081"), file("http://[::1]:8080"),
            file("http://__1:8080"), file(key: 2),
        ]
        for (index, file) in files.enumerated() {
            var tokens = tokens
            tokens.accessToken = "access-\(index)"
            try file.write(tokens)
        }
        for (index, file) in files.enumerated() { #expect(file.read()?.accessToken == "access-\(index)") }
        #expect(try self.file("ws://127.0.0.1:8080").read()?.accessToken == "access-0")
    }

    @Test("has a name that every file system takes, however long the host and the profile")
    func longNames() throws {
        let host = String(repeating: "a.", count: 500) + "b"
        let store = SessionStore(
            directory: state.keyring.directory, profile: String(repeating: "p", count: 64))
        let file = store.file(server: try #require(ServerURL("https://\(host):65535")), holder: .key([1]))
        try file.write(tokens)
        #expect(file.read() == tokens)
        #expect(try file.lock() != nil)
    }

    @Test(
        "that is damaged counts as none and is replaced",
        arguments: [
            "", "{", "[]", "null", "{\"access_token\":\"x\"}", String(repeating: "[", count: 5_000),
            String(repeating: " ", count: 20_000),
        ])
    func damaged(text: String) throws {
        let file = try file()
        try file.write(tokens)
        try state.write(text, to: file.file.path)
        #expect(file.read() == nil)
        try file.write(tokens)
        #expect(file.read() == tokens)
    }

    @Test("of another key or server counts as none, whatever its name")
    func foreign() throws {
        let (own, other) = (try file(), try file(key: 2))
        try other.write(tokens)
        #expect(rename(other.file.path, own.file.path) == 0)
        #expect(own.read() == nil)
    }

    @Test(
        "with times that can't be reckoned with counts as none",
        arguments: [(Int64.min, Int64.max, Int64(0)), (0, .max, .max), (5, 4, 9), (-1, 0, 0)])
    func extremes(times: (Int64, Int64, Int64)) throws {
        let file = try file()
        try file.write(tokens)
        let good = try #require(try file.file.read())
        let bad = good.replacing("\(tokens.issuedMs)", with: "\(times.0)")
            .replacing("\(tokens.accessExpiresMs)", with: "\(times.1)")
            .replacing("\(tokens.refreshExpiresMs)", with: "\(times.2)")
        #expect(bad != good)
        try state.write(bad, to: file.file.path)
        #expect(file.read() == nil)
    }

    @Test("that others could read counts as none")
    func open() throws {
        let file = try file()
        try file.write(tokens)
        chmod(file.file.path, 0o644)
        #expect(file.read() == nil)
        try file.write(tokens)
        #expect(state.mode(file.file.path) == 0o600)
    }

    @Test("has one lock, which goes with its holder")
    func lock() throws {
        let (one, other) = (try file(), try file())
        var held = try one.lock()
        #expect(held != nil)
        #expect(try other.lock() == nil)
        held = nil
        #expect(try other.lock() != nil)
    }
}
