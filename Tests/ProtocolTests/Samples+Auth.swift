import Protocol

/// Routes of ways to sign in.
extension Samples {
    private mutating func pick<Item>(_ items: [Item]) -> Item { items[int(0...(items.count - 1))] }

    private mutating func flip() -> Bool { int(0...1) == 1 }

    mutating func userCode() -> UserCode {
        guard let code = UserCode(random: bytes(200)) else { preconditionFailure("200 bytes are enough") }
        return code
    }

    private mutating func form() -> DeviceForm {
        DeviceForm(code: text(max: 20), formToken: text(max: 20))
    }

    private mutating func back() -> ProviderReturn {
        ProviderReturn(
            state: text(max: 20), code: pick([nil, text(max: 20)]), error: pick([nil, "access_denied"]),
            issuer: pick([nil, "https://accounts.google.com"]))
    }

    mutating func authRoute() -> Route {
        let route: AuthRoute =
            switch int(0...9) {
            case 0: .methods
            case 1: .idToken(text())
            case 2: .authorize(DeviceRequest(link: flip(), client: pick([nil, "pixelwars 1.2", "a"])))
            case 3: .poll(deviceCode: "c" + text(max: 20))
            case 4: .page(.form(code: pick([nil, text(max: 20)])))
            case 5: .page(.enter(form()))
            case 8: .unlink
            case 6: .page(.decide(form(), allows: flip()))
            default: .page(.callback(back()))
            }
        return .auth(route)
    }
}
