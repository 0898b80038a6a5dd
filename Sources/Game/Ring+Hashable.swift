/// Rings are equal by what they hold, whatever lies in their free slots.
extension Ring: Equatable where Element: Equatable {
    /// Compares the elements in order.
    public static func == (lhs: Ring, rhs: Ring) -> Bool {
        lhs.count == rhs.count && (0..<lhs.count).allSatisfy { lhs[$0] == rhs[$0] }
    }
}

extension Ring: Hashable where Element: Hashable {
    /// Takes in the elements in order.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for offset in 0..<count { hasher.combine(self[offset]) }
    }
}
