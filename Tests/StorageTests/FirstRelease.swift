import Engine
import FoundationEssentials
import Protocol
import Testing

@testable import Storage

/// A database that release 0.1.0 made, and what it was given to keep.
enum FirstRelease {
    /// The file in the tree, which is only ever copied.
    static let path = URL(filePath: #filePath).deletingLastPathComponent().path + "/Releases/0.1.0.db"
    /// Within a week of when it was made.
    static let nowMs: Int64 = 1_795_800_000_000
    /// Ada's sign-in that was refreshed three times.
    static let refreshed = "2dp35ndbnymhc"
    /// SHA-256 of its four refresh tokens, oldest first.
    static let hashes: [String] = [
        "6fb8462233774436e7c1707fc2c99ea98164441591ff2e006265bfedbd614330",
        "26e23bb4a834fafab9cc4ac3a82cbfb0c45eeee2631efeceed778300f8866f55",
        "8cf74bb9f70ceaced7f0da99e41527c065d8f2062e47f885b78db89b6072ee74",
        "84331daf74d03125879cb65dbf69e21dc6320f5243a5374de5b7817d3c465daf",
    ]

    /// Copies the file to where a server looks for it.
    static func copy(into directory: String) throws {
        try FileManager.default.copyItem(atPath: path, toPath: directory + "/pixelwars.db")
    }

    /// Starts as a server does.
    static func recover(_ database: Database) throws -> RecoveredState {
        try database.recover(canvasSize: .small(), nowMs: nowMs)
    }

    /// Checks that a start finds everything.
    static func expect(in state: RecoveredState) throws {
        #expect(state.accounts.map(\.name) == ["Ada", "Chiyo", "Boris"])
        #expect(
            state.accounts.map(\.id.description) == ["45ymx5hp3n50v", "5nsnfdxzfwzz7", "6vjw8v3qsabn4"])
        #expect(
            state.accounts.map(\.createdAtMs) == [1_795_776_364_262, 1_795_776_364_382, 1_795_776_364_322])
        #expect(
            state.accounts.first?.publicKey
                == bytes("fab05eab3d48ef843d47116c42fd6645a673c82ec81a950b890ef42df7e7e019"))
        #expect(state.accounts.allSatisfy { $0.role == .player && $0.points == 0 && $0.deletedAtMs == nil })

        #expect(
            state.sessions.map { "\($0.id) \($0.account) \($0.generation)" }.sorted() == [
                "0dfk5f5s2p3y6 6vjw8v3qsabn4 0", "2dp35ndbnymhc 45ymx5hp3n50v 3",
                "5t566ghqvgsf8 5nsnfdxzfwzz7 0", "e246v63kre5yn 45ymx5hp3n50v 0",
            ])
        let ada = try #require(state.sessions.first { $0.id.description == refreshed })
        #expect(ada.refreshHash == bytes(hashes[3]))
        #expect(ada.previousHash == bytes(hashes[2]))
        #expect(ada.refreshedAtMs == 1_795_776_364_810)
        #expect(ada.expiresAtMs == 1_796_381_164_810)
        let others = state.sessions.filter { $0.id != ada.id }
        #expect(
            others.allSatisfy { $0.previousHash == nil && $0.expiresAtMs - $0.refreshedAtMs == 604_800_000 })
        #expect(state.guests.isEmpty)
        #expect(state.clickGames.isEmpty)
        #expect(state.relays.isEmpty)

        #expect(state.epoch?.size == CanvasSize(width: 16, height: 12))
        #expect(state.version == 33)
        var cells = [UInt8](repeating: 0, count: 16 * 12)
        for row in [3, 5] {
            for x in 0..<9 { cells[row * 16 + x] = UInt8(x + 1) }
        }
        #expect(state.cells == cells)
    }

    /// Reads hexadecimal digits.
    static func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.count, by: 2).compactMap { offset in
            UInt8(hex.dropFirst(offset).prefix(2), radix: 16)
        }
    }
}
