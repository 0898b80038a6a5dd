import Engine
import Protocol
import Testing

/// A terminal's sign-in as its terminal knows it.
struct Terminal {
    var code: UserCode
    var hash: [UInt8]
}

/// What the edge finds out about Google accounts, by hand.
extension Desk {
    /// A server that takes Google accounts.
    static func withGoogle(
        _ recovered: RecoveredState = RecoveredState(),
        _ change: (inout EngineConfiguration) -> Void = { _ in }
    ) -> Desk {
        Desk(recovered: recovered) {
            $0.signsInWithGoogle = true
            $0.signInRate = Rate(perSecond: 0, burst: 1)
            $0.requestRate = Rate(perSecond: 0, burst: 1)
            change(&$0)
        }
    }

    /// A fresh token of a Google account, as the edge found it.
    mutating func holder(_ id: String = "1234", name: String? = "Ada L.") -> GoogleHolder {
        GoogleHolder(
            id: id, name: name, issuedAtMs: now.wallMs - now.wallMs % 1000,
            expiresAtMs: now.wallMs + 3_600_000, fingerprint: entropy().challenge)
    }

    /// Shows an ID token.
    mutating func show(_ holder: GoogleHolder) -> Answer? {
        settle(
            .auth(.idToken("")), proofs: EdgeProofs(entropy: entropy(), auth: .holder(holder)))
    }

    /// Begins a terminal's sign-in.
    mutating func authorize(
        link: Identity? = nil, client: String? = nil, from address: String = "10.0.0.1"
    ) -> Answer? {
        lastDraw += 1
        let hash = entropy().challenge
        let letters = (0..<8).map { UInt8(truncatingIfNeeded: (lastDraw >> (4 * UInt64($0))) & 15) }
        guard let code = UserCode(random: letters) else { preconditionFailure("8 bytes are a code") }
        return ask(
            .auth(.authorize(DeviceRequest(link: link != nil, client: client))),
            link.map { .valid($0) } ?? .none, from: address,
            proofs: EdgeProofs(
                auth: .codes(DeviceCodes(deviceCode: hash.reversed(), deviceHash: hash, userCode: code))))
    }

    /// Begins a terminal's sign-in that is taken on.
    mutating func terminal(
        link: Identity? = nil, client: String? = nil, from address: String = "10.0.0.1"
    ) throws -> Terminal {
        let answer = authorize(link: link, client: client, from: address)
        guard case .deviceAuthorization(let codes) = try #require(answer) else {
            Issue.record("no codes: \(String(describing: answer))")
            throw Failure(.internalError, "no codes")
        }
        return Terminal(code: codes.userCode, hash: codes.deviceHash)
    }

    /// Polls; waits as long as a terminal has to before.
    mutating func poll(_ terminal: Terminal, afterMs ms: Int64 = 5_000) -> Answer? {
        run(ms: ms)
        return settle(
            .auth(.poll(deviceCode: "")),
            proofs: EdgeProofs(entropy: entropy(), auth: .deviceHash(terminal.hash)))
    }

    /// Enters a code in a browser.
    mutating func enter(_ code: String, from address: String = "10.9.9.9") -> DevicePage? {
        page(.enter(DeviceForm(code: code, formToken: "")), from: address)
    }

    /// Decides in a browser.
    mutating func decide(_ terminal: Terminal, _ allows: Bool) -> DevicePage? {
        page(.decide(DeviceForm(code: terminal.code.description, formToken: ""), allows: allows))
    }

    /// Comes back from the provider.
    mutating func comeBack(_ terminal: Terminal, as holder: GoogleHolder) -> Answer? {
        ask(
            .auth(.page(.callback(ProviderReturn(state: "")))), from: "10.9.9.9",
            proofs: EdgeProofs(entropy: entropy(), auth: .back(terminal.code, holder)))
    }

    /// Allows a terminal in a browser, from the code to the provider and back.
    mutating func allow(_ terminal: Terminal, as holder: GoogleHolder) -> Answer? {
        _ = enter(terminal.code.description)
        _ = decide(terminal, true)
        return comeBack(terminal, as: holder)
    }

    private mutating func page(_ page: DevicePageRoute, from address: String = "10.9.9.9") -> DevicePage? {
        guard case .page(let answer) = ask(.auth(.page(page)), from: address) else { return nil }
        return answer
    }

    /// Who someone is, as they are told.
    mutating func me(_ identity: Identity) throws -> MeAnswer {
        guard case .me(let me) = call(.me, as: identity) else { throw Failure(.internalError, "nobody") }
        return me
    }
}
