import Protocol

extension ServerEngine {
    /// Why a caller doesn't see the server's figures; nil for moderators and admins.
    func figuresRefusal(_ caller: Caller) -> Failure? {
        guard let account = caller.account else { return caller.accountRefusal }
        guard accounts.role(of: account) >= .moderator else {
            return Failure(.forbidden, "Only moderators may do this.")
        }
        return nil
    }
}
