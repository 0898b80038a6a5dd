import Crypto
import Engine
import Protocol

/// Signs the tokens that the engine grants and reads the ones that callers show.
struct TokenDesk: Sendable {
    private let signer: TokenSigner

    private static let accountKind = "account"
    private static let guestKind = "guest"

    init(signer: TokenSigner) {
        self.signer = signer
    }

    /// What a bare token proves.
    func credential(token: String, nowMs: Int64) -> Credential {
        switch signer.verify(token, nowSeconds: nowMs / 1000) {
        case .valid(let claims): identity(claims).map { .valid($0) } ?? .invalid
        case .expired: .expired
        case .invalid: .invalid
        }
    }

    /// A token for an identity that the engine granted.
    func token(for identity: Identity, name: String, nowMs: Int64) -> String {
        let kind =
            switch identity.kind {
            case .account: Self.accountKind
            case .guest: Self.guestKind
            }
        return signer.sign(
            TokenClaims(
                subject: identity.id.description, sessionID: identity.sessionID.description, kind: kind,
                name: kind == Self.guestKind ? name : nil, generation: identity.generation,
                roles: kind == Self.guestKind ? [] : identity.role.words,
                issuedAt: nowMs / 1000, expiresAt: identity.expiresAtMs / 1000))
    }

    private func identity(_ claims: TokenClaims) -> Identity? {
        let (expiresAtMs, overflows) = claims.expiresAt.multipliedReportingOverflow(by: 1000)
        guard !overflows, let id = Identifier(claims.subject), let session = Identifier(claims.sessionID)
        else { return nil }
        let kind: Identity.Kind
        switch claims.kind {
        case Self.accountKind: kind = .account
        case Self.guestKind: kind = .guest(name: claims.name ?? "")
        default: return nil
        }
        return Identity(
            id: id, sessionID: session, kind: kind, generation: claims.generation,
            expiresAtMs: expiresAtMs, role: Role(words: claims.roles))
    }
}
