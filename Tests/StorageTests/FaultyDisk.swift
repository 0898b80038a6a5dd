import CSQLite
import FoundationEssentials
import Glibc
import Synchronization
import Testing

/// A file layer for SQLite that fails when told to, over the system's own.
///
/// There is one in the process, so the suites that use it are serialized under one parent.
enum FaultyDisk {
    /// What is counted and can fail.
    enum Operation: CaseIterable {
        case read, write, sync, truncate
    }

    /// How something fails.
    struct Fault: Hashable, Sendable, CustomTestStringConvertible {
        var operations: Set<Operation>
        var code: Int32
        var number: Int32
        /// Whether everything after it fails too.
        var lasts = false

        var testDescription: String { "SQLite \(code), system error \(number)\(lasts ? ", lasting" : "")" }
    }

    private struct State {
        var fault: Fault?
        var countdown = 0
        var fired = false
        /// Bytes that files may grow to; nil is no limit.
        var room: Int64?
    }

    static let name = "faulty"

    /// How many operations lie between two that are made to fail; `make soak` lets every single one.
    static let stride = ProcessInfo.processInfo.environment["PIXELWARS_FAULT_STRIDE"].flatMap { Int($0) } ?? 5

    private static let state = Mutex(State())
    /// Where the system's file begins behind ours.
    private static let headerBytes = 16

    /// Registers the layer with SQLite, once.
    static let isRegistered: Bool = {
        guard let system = sqlite3_vfs_find(nil) else { return false }
        let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        layer.initialize(to: system.pointee)
        layer.pointee.zName = UnsafePointer(strdup(name))
        layer.pointee.szOsFile = system.pointee.szOsFile + Int32(headerBytes)
        layer.pointee.pNext = nil
        layer.pointee.xOpen = { _, path, file, flags, outFlags in
            guard let file, let system = sqlite3_vfs_find(nil), let open = system.pointee.xOpen else {
                return SQLITE_CANTOPEN
            }
            let result = open(system, path, FaultyDisk.behind(file), flags, outFlags)
            file.pointee.pMethods = result == SQLITE_OK ? FaultyDisk.methods.pointer : nil
            return result
        }
        return sqlite3_vfs_register(layer, 0) == SQLITE_OK
    }()

    /// From now on the `nth` of the fault's operations fails.
    static func fail(at nth: Int, with fault: Fault) {
        state.withLock { $0 = State(fault: fault, countdown: nth) }
    }

    /// From now on no file grows beyond so many bytes.
    static func limit(to room: Int64) {
        state.withLock { $0 = State(room: room) }
    }

    /// From now on nothing fails; tells whether something had.
    @discardableResult
    static func heal() -> Bool {
        state.withLock { state in
            let fired = state.fired
            state = State()
            return fired
        }
    }

    /// What an operation fails with; nil lets it through.
    private static func failure(of operation: Operation, upTo end: Int64 = 0) -> Int32? {
        let fault: (code: Int32, number: Int32)? = state.withLock { state in
            if let room = state.room, end > room {
                state.fired = true
                return (SQLITE_FULL, ENOSPC)
            }
            guard let fault = state.fault, fault.operations.contains(operation) else { return nil }
            state.countdown -= 1
            guard state.countdown == 0 || fault.lasts && state.countdown < 0 else { return nil }
            state.fired = true
            return (fault.code, fault.number)
        }
        guard let fault else { return nil }
        errno = fault.number
        return fault.code
    }

    private static func behind(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<
        sqlite3_file
    > {
        UnsafeMutableRawPointer(file).advanced(by: headerBytes).assumingMemoryBound(to: sqlite3_file.self)
    }

    /// Hands a call on to the system's file.
    private static func pass(
        _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ call: (sqlite3_io_methods, UnsafeMutablePointer<sqlite3_file>) -> Int32?
    ) -> Int32 {
        guard let file else { return SQLITE_MISUSE }
        let real = behind(file)
        guard let methods = real.pointee.pMethods else { return SQLITE_MISUSE }
        return call(methods.pointee, real) ?? SQLITE_MISUSE
    }

    /// The table of calls; `@unchecked` because it is filled before anyone sees it and never changed.
    private struct Methods: @unchecked Sendable {
        let pointer: UnsafePointer<sqlite3_io_methods>
    }

    private static let methods: Methods = {
        var table = sqlite3_io_methods()
        table.iVersion = 2
        table.xClose = { FaultyDisk.pass($0) { $0.xClose?($1) } }
        table.xRead = { file, bytes, count, offset in
            if let failure = FaultyDisk.failure(of: .read) { return failure }
            return FaultyDisk.pass(file) { $0.xRead?($1, bytes, count, offset) }
        }
        table.xWrite = { file, bytes, count, offset in
            if let failure = FaultyDisk.failure(of: .write, upTo: offset + Int64(count)) { return failure }
            return FaultyDisk.pass(file) { $0.xWrite?($1, bytes, count, offset) }
        }
        table.xTruncate = { file, size in
            if let failure = FaultyDisk.failure(of: .truncate) { return failure }
            return FaultyDisk.pass(file) { $0.xTruncate?($1, size) }
        }
        table.xSync = { file, flags in
            if let failure = FaultyDisk.failure(of: .sync) { return failure }
            return FaultyDisk.pass(file) { $0.xSync?($1, flags) }
        }
        table.xFileSize = { file, size in FaultyDisk.pass(file) { $0.xFileSize?($1, size) } }
        table.xLock = { file, level in FaultyDisk.pass(file) { $0.xLock?($1, level) } }
        table.xUnlock = { file, level in FaultyDisk.pass(file) { $0.xUnlock?($1, level) } }
        table.xCheckReservedLock = { file, out in FaultyDisk.pass(file) { $0.xCheckReservedLock?($1, out) } }
        table.xFileControl = { file, code, argument in
            FaultyDisk.pass(file) { $0.xFileControl?($1, code, argument) }
        }
        table.xSectorSize = { FaultyDisk.pass($0) { $0.xSectorSize?($1) } }
        table.xDeviceCharacteristics = { FaultyDisk.pass($0) { $0.xDeviceCharacteristics?($1) } }
        table.xShmMap = { file, region, size, extend, out in
            FaultyDisk.pass(file) { $0.xShmMap?($1, region, size, extend, out) }
        }
        table.xShmLock = { file, offset, count, flags in
            FaultyDisk.pass(file) { $0.xShmLock?($1, offset, count, flags) }
        }
        table.xShmBarrier = { file in
            _ = FaultyDisk.pass(file) { methods, real in
                methods.xShmBarrier?(real)
                return SQLITE_OK
            }
        }
        table.xShmUnmap = { file, delete in FaultyDisk.pass(file) { $0.xShmUnmap?($1, delete) } }
        let pointer = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        pointer.initialize(to: table)
        return Methods(pointer: UnsafePointer(pointer))
    }()
}
