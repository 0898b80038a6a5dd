import CSQLite

/// A value to bind.
enum SQLValue {
    case integer(Int64)
    case text(String)
    /// A text that is UTF-8 already.
    case utf8([UInt8])
    case blob([UInt8])
    case null

    /// An integer, or null for nil.
    init(_ integer: Int64?) {
        self = integer.map { .integer($0) } ?? .null
    }

    /// A text, or null for nil.
    init(_ text: String?) {
        self = text.map { .text($0) } ?? .null
    }

    /// Bytes, or null for nil.
    init(_ blob: [UInt8]?) {
        self = blob.map { .blob($0) } ?? .null
    }
}

/// A prepared statement, kept for as long as its connection.
final class Statement {
    private let handle: OpaquePointer
    /// Keeps the connection open for as long as the statement can be used.
    private let connection: Connection

    init(_ handle: OpaquePointer, of connection: Connection) {
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// Runs it once, for its effect.
    func run(_ values: [SQLValue] = []) throws(SQLiteFailure) {
        try forEachRow(values) { (_) throws(SQLiteFailure) in false }
    }

    /// Steps through its rows until `body` returns false.
    func forEachRow(
        _ values: [SQLValue] = [], _ body: (Row) throws(SQLiteFailure) -> Bool
    ) throws(SQLiteFailure) {
        try bind(values)
        defer {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: if try !body(Row(handle: handle)) { return }
            case SQLITE_DONE: return
            default: throw connection.failure
            }
        }
    }

    /// The first row's first column as an integer; nil where there is no row or it is null.
    func integer(_ values: [SQLValue] = []) throws(SQLiteFailure) -> Int64? {
        var result: Int64?
        try forEachRow(values) { (row) throws(SQLiteFailure) in
            result = row.optionalInteger(0)
            return false
        }
        return result
    }

    private func bind(_ values: [SQLValue]) throws(SQLiteFailure) {
        precondition(
            Int(sqlite3_bind_parameter_count(handle)) == values.count, "one value for each parameter")
        for (offset, value) in values.enumerated() {
            let index = Int32(offset + 1)
            let result =
                switch value {
                case .integer(let integer): sqlite3_bind_int64(handle, index, integer)
                case .text(let text): bind(text, at: index)
                case .utf8(let bytes): bind(utf8: bytes, at: index)
                case .blob(let bytes): bind(bytes, at: index)
                case .null: sqlite3_bind_null(handle, index)
                }
            guard result == SQLITE_OK else { throw connection.failure }
        }
    }

    private func bind(_ text: String, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                // A null address would bind NULL, and an empty string may have one.
                guard let base = $0.baseAddress else { return pw_sqlite_bind_text(handle, index, "", 0) }
                return pw_sqlite_bind_text(handle, index, base, Int32($0.count))
            }
        }
    }

    private func bind(utf8 bytes: [UInt8], at index: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            let text = buffer.bindMemory(to: CChar.self)
            guard let base = text.baseAddress else { return pw_sqlite_bind_text(handle, index, "", 0) }
            return pw_sqlite_bind_text(handle, index, base, Int32(text.count))
        }
    }

    private func bind(_ bytes: [UInt8], at index: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, buffer.count > 0 else {
                return sqlite3_bind_zeroblob(handle, index, 0)
            }
            return pw_sqlite_bind_blob(handle, index, base, Int32(buffer.count))
        }
    }
}

/// The row a statement stands on, good until its next step.
struct Row {
    fileprivate let handle: OpaquePointer

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func optionalInteger(_ column: Int32) -> Int64? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : integer(column)
    }

    func text(_ column: Int32) -> String {
        withUTF8(column) { String(decoding: $0, as: UTF8.self) }
    }

    func optionalText(_ column: Int32) -> String? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : text(column)
    }

    /// Lends a text's bytes, which saves making a text of them.
    func withUTF8<Result>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        // The text is asked for first: that decides what the length counts.
        let base = sqlite3_column_text(handle, column)
        return body(UnsafeBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column))))
    }

    func blob(_ column: Int32) -> [UInt8] {
        guard let base = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column))))
    }

    func optionalBlob(_ column: Int32) -> [UInt8]? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : blob(column)
    }
}
