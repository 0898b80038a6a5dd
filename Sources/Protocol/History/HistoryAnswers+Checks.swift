// What an answer must be for those who go by it: nothing in it contradicts the rest or leaves the range of its type.

extension HistoryAnswer {
    func check(_ fields: JSONFields) throws(Failure) {
        guard latestVersion <= Limits.maxVersion else {
            throw fields.refusal("latest_version", "no more than 2^53")
        }
        var before: Version?
        for epoch in epochs {
            guard epoch.firstVersion <= epoch.lastVersion, before.map({ $0 < epoch.firstVersion }) ?? true,
                oldestVersion <= epoch.lastVersion, epoch.lastVersion <= latestVersion
            else {
                throw fields.refusal(
                    "epochs", "in order, each up to a version from \"oldest_version\" to \"latest_version\"")
            }
            before = epoch.lastVersion
        }
    }
}

extension HistoryPage {
    func check(_ fields: JSONFields) throws(Failure) {
        guard from <= Limits.maxVersion else { throw fields.refusal("from", "no more than 2^53") }
        guard (-Limits.lastMomentMs...Limits.lastMomentMs).contains(atMs) else {
            throw fields.refusal("at_ms", "a time before the year 10000")
        }
        guard changes.allSatisfy({ Int($0.account) < accounts.count }) else {
            throw fields.refusal("changes", "of the accounts that are listed")
        }
    }
}
