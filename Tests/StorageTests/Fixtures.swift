import Engine
import FoundationEssentials
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

/// Bytes that pass for the hash of the tests' token of a sign-in and generation.
func tokenHash(_ session: UInt64, generation: Int) -> [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: session &* 31 &+ UInt64(generation &* 7 &+ $0)) }
}

/// A sign-in of the tests, told apart by a number and refreshed every 15 minutes so many times.
func session(_ number: UInt64, of player: UInt64 = 1, generation: Int = 0) -> SessionRecord {
    let refreshedAtMs = 1_000 + Int64(generation) * 900_000
    return SessionRecord(
        id: Identifier(rawValue: number), account: Identifier(rawValue: player),
        refreshHash: tokenHash(number, generation: generation),
        previousHash: generation > 0 ? tokenHash(number, generation: generation - 1) : nil,
        generation: generation, refreshedAtMs: refreshedAtMs,
        expiresAtMs: refreshedAtMs + Int64(Limits.refreshTokenSeconds) * 1_000)
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
    func recoverSmall(nowMs: Int64 = 2_000, stock: Stock = .none) throws -> RecoveredState {
        try recover(canvasSize: .small(), nowMs: nowMs, stock: stock)
    }

    /// A database with a running epoch and players 1 to 3.
    static func started(in path: String, vfs: String? = nil, stock: Stock = .none) throws -> Database {
        let database = try Database(directory: path, vfs: vfs)
        _ = try database.recoverSmall(stock: stock)
        try database.commit([.account(account(1)), .account(account(2)), .account(account(3))])
        return database
    }
}

/// A database as `started` leaves it, to be copied where a test begins again and again.
struct StartedDatabase {
    private let template: Scratch

    init(stock: Stock = .none) throws {
        template = try Scratch()
        try Database.started(in: template.path, stock: stock).close()
    }

    /// Opens a copy.
    func copy(into path: String, vfs: String? = nil) throws -> Database {
        try FileManager.default.copyItem(
            atPath: template.path + "/pixelwars.db", toPath: path + "/pixelwars.db")
        return try Database(directory: path, vfs: vfs)
    }
}

/// What happens around the canvas in each commit of a workload, so that what is left tells which was the last.
struct SignInWorkload {
    /// The commit, from 1; 0 is before the first.
    let commit: Int

    private var number: UInt64 { UInt64(commit) }

    private var renamed: AccountRecord {
        var player = account(1)
        player.name = "player 1 of commit \(commit)"
        player.role = commit % 2 == 0 ? .moderator : .player
        return player
    }

    /// Stays, and is refreshed in each commit.
    private var refreshed: SessionRecord { session(40, generation: commit - 1) }

    /// Stays from this commit to the next alone.
    private var passing: SessionRecord { session(1_000 + number, of: 2) }

    private var guests: [GuestRecord] {
        [7, 1_000 + number].map {
            GuestRecord(
                id: Identifier(rawValue: $0), name: "guest of commit \(commit)", isRemoved: commit % 2 == 0,
                expiresAtMs: 86_400_000)
        }
    }

    /// What the commit writes.
    var records: [Record] {
        let presence = PresenceRecord(
            session: passing.id, holder: passing.account, isGuest: false, sinceMs: 5)
        var records: [Record] = [
            .account(renamed), .session(refreshed), .session(passing), .presence(presence),
        ]
        records += guests.map { .guest($0) }
        records.append(
            .flag(FlagRecord(account: renamed.id, reason: .refreshReused, atMs: Int64(commit))))
        if commit > 1 {
            let former = Identifier(rawValue: 1_000 + number - 1)
            records += [.sessionEnded(former), .presenceEnded(session: former), .guestEnded(former)]
        }
        return records
    }

    /// Checks that a start finds all of this commit and nothing of another.
    func expect(in state: RecoveredState, _ comment: Comment) {
        let hasRun = commit > 0
        #expect(state.accounts.first == (hasRun ? renamed : account(1)), comment)
        #expect(state.accounts.count == 3, comment)
        #expect(state.sessions == (hasRun ? [refreshed, passing] : []), comment)
        #expect(state.guests == (hasRun ? guests : []), comment)
    }
}

extension Board {
    /// The boards whose scores are records of their own.
    static let scored = allCases.filter { $0 != .pixels }
}
