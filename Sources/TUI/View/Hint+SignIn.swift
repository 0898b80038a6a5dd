import Client

/// The hints of the page where one signs in.
extension Model {
    var signInHints: [Hint] {
        let back = Hint(.signIn(.cancel), words: signIn.isUnderWay ? "cancels" : "home")
        guard purpose == .play else { return [back, .keys] }
        switch signIn.stage {
        case .choosing: return [Hint(.take, words: "signs in with Google"), back, .keys]
        case .asking: return [back, .keys]
        case .pending:
            return [
                Hint(.signIn(.copyAddress), words: "copies the address"), back,
                Hint(.signIn(.again), words: "another code"), .keys,
            ]
        case .ended(.signedIn), .ended(.linked), .ended(.unavailable): return [back, .keys]
        case .ended(.denied), .ended(.expired), .ended(.refused):
            return [Hint(.signIn(.again), words: "asks for another code"), back, .keys]
        }
    }
}
