import Client
import Glibc
import Protocol
import Testing

@Suite("A kept ad gate")
struct AdGateFileTests {
    private let state: StateDirectory
    private let file: AdGateFile
    private let name = "ada@ads.json"

    init() throws {
        state = try StateDirectory()
        file = try state.keyring.adGateFile(profile: "ada")
    }

    /// A gate whose ad stands before the shop.
    private func gate() throws -> AdGate {
        var gate = AdGate()
        _ = gate.load(.home)
        _ = gate.load(try #require(AdPage(rawValue: "shop")))
        return gate
    }

    @Test("is for its owner alone, one a profile, and gives back what it was given")
    func roundTrip() throws {
        #expect(file.load() == AdGate())
        var gate = try gate()
        file.save(gate)
        #expect(file.load() == gate && file.load().nextPage?.rawValue == "shop")
        #expect(gate.adRan()?.rawValue == "shop")
        file.save(gate)
        #expect(file.load() == gate && file.load().adHasRun)
        #expect(try state.keyring.adGateFile(profile: "bob").load() == AdGate())
        #expect(state.names() == [name] && state.mode(state.path(name)) == 0o600)
        #expect(state.mode(state.keyring.directory) == 0o700)
    }

    @Test(
        "that is damaged counts as none, and the next state takes its place",
        arguments: ["", "{", "[]", "\u{0}"])
    func damaged(text: String) throws {
        file.save(try gate())
        try state.write(text, to: state.path(name))
        #expect(file.load() == AdGate())
        file.save(try gate())
        #expect(try file.load() == gate())
    }

    @Test("that others can read counts as none")
    func open() throws {
        file.save(try gate())
        #expect(chmod(state.path(name), 0o644) == 0)
        #expect(file.load() == AdGate())
    }

    @Test("that can't be written hurts nobody")
    func unwritable() throws {
        // A file in the directory's place stops root, too.
        let place = "/dev/null/pixelwars"
        let file = try Keyring(directory: place).adGateFile(profile: "ada")
        file.save(try gate())
        #expect(file.load() == AdGate())
    }

    @Test("takes no profile that leads out of its directory", arguments: ["", "../x", "a/b", ".x", "a@b"])
    func profiles(profile: String) {
        #expect(throws: KeyringError.self) { try state.keyring.adGateFile(profile: profile) }
    }
}
