import Game
import Protocol

extension ServerEngine {
    static let noGoogle = Failure(
        .googleNotConfigured, "This server takes no Google accounts; sign in with a key.")
    private static let usedToken = Failure(
        .invalidIDToken, "This ID token was shown before, or is older than the server's start; get a new one."
    )
    private static let takenByAnother = Failure(
        .googleTaken, "This Google account signs in to another player; it can't be linked.")
    private static let onlyGoogle = Failure(
        .googleLinked,
        "This player signs in with Google alone; without it nothing would be left to sign in with.")
    private static let linkedAlready = Failure(
        .googleLinked, "This player has a Google account already.")

    /// Signs someone in with an ID token that the edge found good.
    mutating func signIn(
        _ id: RequestID, withGoogle proofs: EdgeProofs, from caller: Caller, at now: Moment,
        into effects: inout [Effect]
    ) {
        do throws(Failure) {
            guard configuration.signsInWithGoogle else { throw Self.noGoogle }
            guard let entropy = proofs.entropy, case .holder(let holder) = proofs.auth else {
                throw Self.noEntropy
            }
            if let refusal = rates.signIn(from: caller.address, at: now) ?? writeRefusal { throw refusal }
            guard presentedTokens.take(holder, at: now) else { throw Self.usedToken }
            if let refusal = refusal(of: holder, linkingTo: nil) { throw refusal }
            signIn(holder, entropy, for: id, at: now)
            commits.note(reversal: .idToken(holder))
        } catch {
            effects.append(.respond(id, .failure(error)))
        }
    }

    /// Takes a token of a sign-in in the browser, whose nonce made it new.
    mutating func take(_ holder: GoogleHolder, at now: Moment) throws(Failure) {
        guard presentedTokens.take(holder, at: now) else { throw Self.usedToken }
    }

    /// Why a Google account can't sign in, or can't be linked to an account; nil where it can.
    func refusal(of holder: GoogleHolder, linkingTo link: Identifier?) -> Failure? {
        let owner = accounts.account(withGoogle: holder.id)
        if let link {
            if let owner, owner.id != link { return Self.takenByAnother }
            return linkRefusal(link, besides: holder.id)
        }
        return owner.flatMap { banRefusal($0.id) }
    }

    /// Why no Google account can be linked to an account, but for the one that is already; nil where one can.
    func linkRefusal(_ account: Identifier, besides known: String? = nil) -> Failure? {
        guard let record = accounts[account] else {
            return Failure(.unauthorized, "This player is gone.")
        }
        if let refusal = banRefusal(account) { return refusal }
        return record.googleID == nil || record.googleID == known ? nil : Self.linkedAlready
    }

    /// Signs a Google account in, registering it at its first use; answered once durable.
    ///
    /// Nothing may stand against it any more.
    mutating func signIn(_ holder: GoogleHolder, _ entropy: Entropy, for id: RequestID, at now: Moment) {
        plays.signIns[.google, default: 0] += 1
        if let account = accounts.account(withGoogle: holder.id) {
            openSession(of: account, isNew: false, entropy, for: id, at: now)
            return
        }
        var account = AccountRecord(
            id: entropy.accountID, name: accounts.freeName(like: holder.name, for: entropy.accountID),
            publicKey: nil, createdAtMs: now.wallMs)
        account.googleID = holder.id
        accounts.put(account)
        commits.add(.account(account), reversal: .account(account.id, former: nil))
        openSession(of: account, isNew: true, entropy, for: id, at: now)
    }

    /// Gives an account its Google account and a new sign-in; answered once durable.
    mutating func link(
        _ holder: GoogleHolder, to account: Identifier, _ entropy: Entropy, for id: RequestID, at now: Moment
    ) {
        guard let former = accounts[account] else { preconditionFailure("whoever is linked is there") }
        plays.signIns[.google, default: 0] += 1
        var record = former
        record.googleID = holder.id
        accounts.put(record)
        commits.add(
            .account(record),
            held: Held(asker: .nobody, answer: .noted, log: .googleLinked(account: account)),
            reversal: .account(account, former: former))
        openSession(of: record, isNew: false, entropy, for: id, at: now)
    }

    /// Takes the Google account off an account that has a key, and ends its other sign-ins.
    ///
    /// Whoever linked one that isn't the player's own may have signed in by it.
    /// Answered once durable.
    mutating func unlink(
        _ id: RequestID, by caller: Caller, at now: Moment, into effects: inout [Effect]
    ) {
        do throws(Failure) {
            guard let identity = caller.identity, let account = caller.account,
                let former = accounts[account]
            else { throw caller.accountRefusal }
            if let refusal = writeRefusal { throw refusal }
            guard former.publicKey != nil || former.googleID == nil else { throw Self.onlyGoogle }
            let ended = sessions.sessions(of: account).filter { $0 != identity.sessionID }
            for session in ended.reversed() { end(session) }
            var record = former
            record.googleID = nil
            accounts.put(record)
            commits.add(
                .account(record),
                held: Held(
                    asker: .request(id), answer: .signedOut(account, ended),
                    log: .googleUnlinked(account: account)), reversal: .account(account, former: former))
        } catch {
            effects.append(.respond(id, .failure(error)))
        }
    }
}

extension AccountDirectory {
    private static let maxNumberedNames = 99

    /// A free name as near to one that came from elsewhere as may be: cleaned and cut, with a number behind it
    /// where someone has it, and one made from an id where nothing of it can be a name.
    func freeName(like wished: String?, for id: Identifier) -> String {
        guard let base = wished.flatMap(Self.cleaned) else { return freeName(for: id) }
        if !isTaken(base) { return base }
        for number in 2...Self.maxNumberedNames {
            let ending = " \(number)"
            guard let stem = Self.cut(base, to: Limits.maxNameCharacters - ending.count) else { break }
            if !isTaken(stem + ending) { return stem + ending }
        }
        return freeName(for: id)
    }

    /// What of a text can be a name; nil where nothing can.
    private static func cleaned(_ text: String) -> String? {
        guard text.utf8.count <= Limits.maxIDTokenBytes else { return nil }
        let words = PlayerName.displayed(text).split(separator: " ")
        let kept = words.joined(separator: " ").filter {
            PlayerName.validated(String($0)) != nil || $0 == " "
        }
        return cut(kept, to: Limits.maxNameCharacters)
    }

    private static func cut(_ text: String, to characters: Int) -> String? {
        var cut = text.prefix(characters)
        while cut.last == " " { cut.removeLast() }
        while cut.first == " " { cut.removeFirst() }
        return PlayerName.validated(String(cut), maxCharacters: characters)
    }
}
