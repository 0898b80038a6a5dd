public import Protocol

extension Timeline {
    /// Who was active in a stretch of versions.
    public struct Activity: Hashable, Sendable {
        /// An account and the changes it made.
        public struct Entry: Hashable, Sendable {
            /// Who.
            public var account: AccountName
            /// How many changes, undos among them.
            public var changes: Int
        }

        /// The busiest first.
        public var entries: [Entry]
        /// Whether all changes of the stretch were in memory.
        public var isWhole: Bool
    }

    /// Who made the changes after one version up to another, as far as they are in memory.
    public func activity(after low: Version, through high: Version) -> Activity {
        var counts: [Identifier: Int] = [:]
        var names: [Identifier: String] = [:]
        for stretch in stretches where stretch.to > low && stretch.from < high {
            for index in Int(
                max(low, stretch.from) - stretch.from)..<Int(min(high, stretch.to) - stretch.from)
            {
                let account = stretch.accounts[Int(stretch.owners[index])]
                counts[account.id, default: 0] += 1
                names[account.id] = account.name
            }
        }
        let entries = counts.map { id, count in
            Activity.Entry(account: AccountName(id: id, name: names[id] ?? ""), changes: count)
        }
        return Activity(
            entries: entries.sorted { ($1.changes, $0.account.id) < ($0.changes, $1.account.id) },
            isWhole: low >= high || coverage(after: low) >= high)
    }

    /// The last version made up to a time, in milliseconds since 1970; nil where the changes in memory don't
    /// tell.
    public func version(atMs timeMs: Int64) -> Version? {
        for stretch in stretches {
            guard let next = stretch.timesMs.firstIndex(where: { $0 > timeMs }) else { continue }
            let found = stretch.from + Version(next)
            // Before a stretch's first change anything may have been, but for what the version there tells.
            guard next == 0 else { return found }
            guard let beforeMs = self.timeMs(of: found), beforeMs <= timeMs else { return nil }
            return found
        }
        return nil
    }
}
