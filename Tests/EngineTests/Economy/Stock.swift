import Engine
import Protocol

/// A small stock of skins and ads for desks.
enum Stock {
    static let colors: BaseColors = {
        let names = ["ink", "snow", "ash", "coral", "moss"]
        let colors = names.enumerated().map { index, name in
            BaseColor(name: name, color: Palette.Color(red: UInt8(index * 60), green: 9, blue: 99))
        }
        guard let catalog = try? BaseColors(colors) else { preconditionFailure("good colors") }
        return catalog
    }()

    static func id(_ text: String) -> SkinID {
        guard let id = SkinID(rawValue: text) else { preconditionFailure("a good id") }
        return id
    }

    static func skin(_ name: String, price: Int, dot: String = "coral") -> Skin {
        Skin(
            id: id(name), title: name, author: "Ada", price: price,
            inputs: [
                .cursor: ["coral"], .dot: [dot], .trail: ["moss", "ash"], .frame: ["ash"],
                .palette: ["ink", "snow", "ash", "coral"],
            ])
    }

    static func ad(_ name: String, seconds: Int = 3, weight: Int = 1, more: String = "") -> Ad {
        let json =
            #"{"id":"\#(name)","title":"\#(name)","text":["hello"],"seconds":\#(seconds),"weight":\#(weight)\#(more)}"#
        guard let ad = try? Ad(json: Array(json.utf8)) else { preconditionFailure("a good ad: \(json)") }
        return ad
    }

    static let page: AdPage = {
        guard let page = AdPage(rawValue: "canvas") else { preconditionFailure("a good page") }
        return page
    }()

    /// Accounts with so many points, three skins at 0, 100 and 250 points, and two ads of 3 s.
    static func recovered(points: Int = 200, accounts: UInt64 = 9) -> RecoveredState {
        var recovered = Desk.withAccounts(accounts)
        for index in recovered.accounts.indices { recovered.accounts[index].points = points }
        recovered.skins = [skin("plain", price: 0), skin("noir", price: 100), skin("gold", price: 250)]
        recovered.ads = [ad("one"), ad("two")]
        return recovered
    }

    /// A desk with this stock, where nothing is refused for coming too often.
    static func desk(
        points: Int = 200, _ change: (inout EngineConfiguration) -> Void = { _ in }
    ) -> Desk {
        Desk(recovered: recovered(points: points)) {
            $0.baseColors = colors
            $0.requestRate = Rate(perSecond: 0, burst: 1)
            change(&$0)
        }
    }
}

extension Desk {
    /// Asks something as an account; the answer once durable.
    mutating func skins(_ route: SkinRoute, as number: UInt64 = 1) -> Answer? {
        call(.skins(route), as: Self.account(number))
    }

    /// Who an account is, as it is told itself.
    mutating func me(_ number: UInt64 = 1) -> MeAnswer? {
        if case .me(let me) = ask(.me, .valid(Self.account(number))) { me } else { nil }
    }

    /// Sends a request that isn't answered yet.
    mutating func begin(_ route: Route, as number: UInt64 = 1) -> RequestID {
        let id = nextRequest()
        let caller = Caller(address: "a", credential: .valid(Self.account(number)))
        give(.request(id, route, caller, EdgeProofs(draw: draw())))
        return id
    }
}

extension Answer {
    var purchase: PurchaseAnswer? { if case .purchased(let answer) = self { answer } else { nil } }
    var offers: [SkinOffer]? { if case .skins(let offers) = self { offers } else { nil } }
    var ad: AdAnswer? { if case .ad(let answer) = self { answer } else { nil } }
    var me: MeAnswer? { if case .me(let me) = self { me } else { nil } }
    var isDone: Bool { if case .done = self { true } else { false } }
    var isCreated: Bool { if case .created = self { true } else { false } }
}
