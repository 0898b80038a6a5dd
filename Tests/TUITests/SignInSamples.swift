import Client
import Protocol
import Testing

@testable import TUI

/// Sign-ins as a server would tell them.
enum SignInSamples {
    static let address = "https://pixels.example.org/device"

    static func code(address: String = address, lifeMs: Int64 = 900_000) throws -> SignInCode {
        try #require(
            SignInCode(
                userCode: "WDJB-MJHT", address: address, wholeAddress: address + "?user_code=WDJB-MJHT",
                lifeMs: lifeMs))
    }

    static let grace = AccountName(id: GameSamples.account(4).id, name: "Grace")

    /// The page in each of its states, and how one comes to it.
    static let pages: [PageMatrix.Page] = [
        PageMatrix.Page(name: "sign-in") { $0.goToSignIn() },
        PageMatrix.Page(name: "sign-in-asking") {
            $0.goToSignIn()
            _ = $0.type("g")
        },
        PageMatrix.Page(name: "sign-in-pending") { try $0.waitForPerson() },
        PageMatrix.Page(name: "sign-in-linking") { try $0.waitForPerson("l") },
        PageMatrix.Page(name: "sign-in-trouble") {
            try $0.waitForPerson()
            $0.hear(.unreachable("connection refused"))
        },
        ending("unavailable", .unavailable), ending("denied", .denied), ending("expired", .expired),
        ending("taken", .refused(Failure(.googleTaken, "taken")), by: "l"), ending("done", .signedIn(grace)),
        ending("linked", .linked(GameSamples.account(0)), by: "l"),
    ]

    private static func ending(
        _ name: String, _ ending: SignInEnding, by key: String = "g"
    ) -> PageMatrix.Page {
        PageMatrix.Page(name: "sign-in-" + name) {
            try $0.waitForPerson(key)
            $0.hear(.ended(ending))
        }
    }
}

extension Model {
    mutating func goToSignIn() {
        _ = open(.signIn)
        _ = update(.server(.profile(ArcadeSamples.profile())), nowMs: 60_000)
    }

    /// On the page, with a code that waits, a while in.
    mutating func waitForPerson(_ key: String = "g") throws {
        goToSignIn()
        _ = type(key)
        hear(.code(try SignInSamples.code()))
        _ = update(.clock, nowMs: 88_000)
    }

    mutating func hear(_ news: SignInNews, atMs: Int64? = nil) {
        _ = update(.server(.signIn(.news(news))), nowMs: atMs ?? clockMs)
    }
}
