import Protocol

extension Actor {
    /// The columns `actor`, `actor_account` and `telegram_user`.
    var stored: [SQLValue] {
        switch self {
        case .console: [.text("console"), .null, .null]
        case .account(let id): [.text("account"), .integer(id.stored), .null]
        case .telegram(let user): [.text("telegram"), .null, .integer(user)]
        }
    }

    /// Reads the three columns, the first of which has a number.
    init(_ row: Row, from column: Int32) {
        self =
            switch row.text(column) {
            case "account": .account(Identifier(stored: row.integer(column + 1)))
            case "telegram": .telegram(user: row.integer(column + 2))
            default: .console
            }
    }
}
