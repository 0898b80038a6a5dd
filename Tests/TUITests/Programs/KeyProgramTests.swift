import Client
import Crypto
import Foundation
import Testing

@testable import TUI

@Suite struct KeyProgramTests {
    private static func inDirectory(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(
            path: "pixelwars-key-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory.path)
    }

    @Test("a key that was exported on one machine is the same account on another")
    func carriesOver() throws {
        try Self.inDirectory { directory in
            let (here, there) = (Keyring(directory: directory + "/a"), Keyring(directory: directory + "/b"))
            let key = try here.key(profile: "player")
            let file = directory + "/saved"
            _ = try KeyProgram(direction: .export, file: file, profile: "player", force: false).run(
                keyring: here)
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let program = KeyProgram(direction: .import, file: file, profile: "other", force: false)
            _ = try program.run(keyring: there)
            #expect(try there.key(profile: "other").publicKey == key.publicKey)
            #expect(throws: ProgramFailure.self) { try program.run(keyring: there) }
        }
    }

    @Test("as JSON it tells what was done with which profile and file")
    func json() throws {
        try Self.inDirectory { directory in
            let keyring = Keyring(directory: directory + "/a")
            _ = try keyring.key(profile: "me")
            let program = KeyProgram(
                direction: .export, file: directory + "/f", profile: "me", force: false, isJSON: true)
            let text = try program.run(keyring: keyring)
            let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String]
            #expect(json == ["action": "export", "profile": "me", "file": directory + "/f"])
        }
    }

    @Test("a missing key and an unwritable file are one clear line")
    func failures() throws {
        try Self.inDirectory { directory in
            let keyring = Keyring(directory: directory + "/a")
            let missing = KeyProgram(
                direction: .export, file: directory + "/f", profile: "none", force: false)
            #expect(throws: ProgramFailure.self) { try missing.run(keyring: keyring) }
            #expect(!FileManager.default.fileExists(atPath: directory + "/f"))
            let path = directory + "/no/such"
            let lost = KeyProgram(direction: .export, file: path, profile: "me", force: false)
            _ = try keyring.key(profile: "me")
            let error = #expect(throws: ProgramFailure.self) { try lost.run(keyring: keyring) }
            #expect(error?.message.contains(path) == true)
        }
    }
}
