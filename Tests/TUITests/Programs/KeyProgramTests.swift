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

    @Test("a missing key and an unwritable file are one clear line")
    func failures() throws {
        try Self.inDirectory { directory in
            let keyring = Keyring(directory: directory + "/a")
            let missing = KeyProgram(
                direction: .export, file: directory + "/f", profile: "none", force: false)
            #expect(throws: ProgramFailure.self) { try missing.run(keyring: keyring) }
            #expect(!FileManager.default.fileExists(atPath: directory + "/f"))
            let path = directory + "/no/such"
            let error = #expect(throws: ProgramFailure.self) {
                try WholeFile.write([1], to: path, mode: 0o644)
            }
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test("a file is replaced whole and leaves nothing beside it")
    func wholeFile() throws {
        try Self.inDirectory { directory in
            let path = directory + "/file"
            try WholeFile.write([1, 2, 3], to: path, mode: 0o644)
            try WholeFile.write([4], to: path, mode: 0o644)
            #expect(try WholeFile.read(path, maxBytes: 10) == [4])
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["file"])
            #expect(throws: ProgramFailure.self) { try WholeFile.read(path, maxBytes: 0) }
        }
    }
}
