import Client
import Crypto
import Glibc
import Testing

@Suite("A keyring")
struct KeyringTests {
    private let state: StateDirectory
    private let keyring: Keyring

    init() throws {
        state = try StateDirectory()
        keyring = state.keyring
    }

    @Test("makes a key at first use, for its owner alone, and nothing else beside it")
    func makesKey() throws {
        #expect(try !keyring.hasKey(profile: "ada"))
        let key = try keyring.key(profile: "ada")
        #expect(state.mode(keyring.directory) == 0o700)
        #expect(state.mode(keyring.directory + "/ada.key") == 0o600)
        #expect(state.names() == ["ada.key"])
        #expect(try keyring.key(profile: "ada").seed == key.seed)
        #expect(try keyring.key(profile: "bob").seed != key.seed)
    }

    @Test("takes on another machine what it exported here")
    func roundTrip() throws {
        let key = try keyring.key(profile: "ada")
        let text = try keyring.exportKey(profile: "ada")
        #expect(text.hasPrefix("pixelwars-key-v1:"))
        try keyring.importKey(text, profile: "laptop")
        #expect(try keyring.key(profile: "laptop").seed == key.seed)
        #expect(state.mode(keyring.directory + "/laptop.key") == 0o600)
    }

    @Test("overwrites a key only by force")
    func keepsKey() throws {
        let old = try keyring.key(profile: "ada")
        _ = try keyring.key(profile: "bob")
        let text = try keyring.exportKey(profile: "bob")
        #expect(throws: KeyringError.self) { try keyring.importKey(text, profile: "ada") }
        #expect(try keyring.key(profile: "ada").seed == old.seed)
        try keyring.importKey(text, profile: "ada", force: true)
        #expect(try keyring.exportKey(profile: "ada") == text)
        #expect(state.mode(keyring.directory + "/ada.key") == 0o600)
        #expect(state.names() == ["ada.key", "bob.key"])
    }

    @Test(
        "refuses what is no key",
        arguments: [
            "", "pixelwars-key-v1:", "pixelwars-key-v1:AAAA",
            "pixelwars-key-v2:" + String(repeating: "A", count: 43),
            String(repeating: "A", count: 43) + "=",
        ])
    func refusesText(text: String) throws {
        #expect(throws: KeyringError.self) { try keyring.importKey(text, profile: "ada", force: true) }
        #expect(try !keyring.hasKey(profile: "ada"))
    }

    @Test(
        "refuses profiles that would leave its directory", arguments: ["", "../x", "a/b", ".hidden", "a b"])
    func refusesProfile(profile: String) {
        #expect(throws: KeyringError.self) { try keyring.key(profile: profile) }
    }

    @Test("refuses a key that others can read")
    func refusesOpenFile() throws {
        _ = try keyring.key(profile: "ada")
        chmod(keyring.directory + "/ada.key", 0o644)
        let error = #expect(throws: KeyringError.self) { try keyring.key(profile: "ada") }
        #expect(error?.description.contains("chmod 600") == true)
    }

    @Test("stands under XDG_STATE_HOME where that is absolute, under the home directory otherwise")
    func place() throws {
        let both = ["XDG_STATE_HOME": "/var/x", "HOME": "/home/ada"]
        #expect(try Keyring.standard { both[$0] }.directory == "/var/x/pixelwars")
        let relative = ["XDG_STATE_HOME": "x", "HOME": "/home/ada"]
        #expect(try Keyring.standard { relative[$0] }.directory == "/home/ada/.local/state/pixelwars")
        #expect(throws: KeyringError.self) { try Keyring.standard { _ in nil } }
    }
}
