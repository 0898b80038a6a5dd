import Client
import Protocol

/// What is asked where a server is looked after, on the client's thread.
extension GamePort {
    static func call(
        _ wish: AdminWish, _ client: GameClient, _ deliver: @escaping @Sendable (Report) -> Void
    ) {
        switch wish {
        case .figures:
            client.figures { result in
                switch result {
                case .success(let answer): deliver(.admin(.figures(answer)))
                case .failure(let failure): deliver(.admin(.failed(wish, failure)))
                }
            }
        case .ask(let route):
            client.administer(route) { result in
                switch result {
                case .success(let answer): deliver(.admin(.answer(route, answer)))
                case .failure(let failure): deliver(.admin(.failed(wish, failure)))
                }
            }
        }
    }
}
