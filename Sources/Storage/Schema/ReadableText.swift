/// SQL of the `_readable` views, which published migrations stand on: it never changes.
extension Migration {
    /// SQL for an identifier's 13 characters of base32, as `Identifier.description` writes them.
    static func identifierText(_ column: String) -> String {
        let digits = stride(from: 60, through: 0, by: -5).map { shift in
            "substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + (\(column) >> \(shift) & \(shift == 60 ? 15 : 31)), 1)"
        }
        return digits.joined(separator: " || ")
    }

    /// SQL for milliseconds since 1970 as RFC 3339 in UTC; null stays null.
    static func timeText(_ column: String) -> String {
        "strftime('%Y-%m-%dT%H:%M:%fZ', \(column) / 1000.0, 'unixepoch')"
    }
}
