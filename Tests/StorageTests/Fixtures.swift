import Engine
import Protocol
import Testing

@testable import Storage

/// An account of the tests, told apart by a number.
func account(_ number: UInt64) -> AccountRecord {
    AccountRecord(
        id: Identifier(rawValue: number), name: "player \(number)",
        publicKey: (0..<32).map { UInt8(truncatingIfNeeded: number >> UInt64($0 % 8 * 8)) ^ UInt8($0 / 8) },
        createdAtMs: 1_000)
}

/// A change whose cell, color and time follow from its version.
func change(_ version: Version, cells: Int = 64, by player: UInt64 = 1, undoes: Version? = nil) -> Record {
    .change(
        ChangeRecord(
            version: version, cell: Int(version * 7) % cells, color: UInt8(version % 32),
            account: Identifier(rawValue: player), atMs: 1_000 + version, undoes: undoes))
}

/// The canvas that `change` leads to.
func canvas(at version: Version, cells: Int = 64) -> [UInt8] {
    var canvas = [UInt8](repeating: 0, count: cells)
    for version in stride(from: Version(1), through: version, by: 1) {
        canvas[Int(version * 7) % cells] = UInt8(version % 32)
    }
    return canvas
}

/// A snapshot of that canvas.
func snapshot(at version: Version, size: CanvasSize, epoch: Int = 1) -> Record {
    let cells = canvas(at: version, cells: size.cellCount)
    return .snapshot(
        SnapshotAnswer(
            size: size, epoch: epoch, version: version, zlib: SnapshotCodec.deflate(cells, level: 1)),
        takenAtMs: 1_000)
}

extension CanvasSize {
    /// 8×8, what most tests use.
    static func small() throws -> CanvasSize { try #require(CanvasSize(width: 8, height: 8)) }
}

extension Database {
    /// Recovers as a start at the time of the tests does.
    func recoverSmall(nowMs: Int64 = 2_000) throws -> RecoveredState {
        try recover(canvasSize: .small(), nowMs: nowMs)
    }

    /// A database with a running epoch and players 1 to 3.
    static func started(in path: String, vfs: String? = nil) throws -> Database {
        let database = try Database(directory: path, vfs: vfs)
        _ = try database.recoverSmall()
        try database.commit([.account(account(1)), .account(account(2)), .account(account(3))])
        return database
    }
}
