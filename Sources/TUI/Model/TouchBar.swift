import Protocol

/// The buttons for fingers at the foot of the screen: what a phone without arrow keys needs at each place.
struct TouchBar {
    /// A field that a tap presses.
    struct Button: Hashable {
        var title: String
        /// What it is for, where its title is a sign; shown where a button has two rows.
        var caption = ""
        var press: KeyPress
        var area: Layout.Area
    }

    /// Line by line.
    let lines: [[Button]]

    /// On wider screens nobody asked for buttons.
    private static let widestUnasked = 50
    /// Less high ones have no rows to spare for what they aren't asked for.
    private static let lowestUnasked = 16
    private static let lineCount = 2

    /// The rows that the buttons take; 0 where there are none.
    static func rowCount(columns: Int, rows: Int, _ wish: Settings.TouchWish) -> Int {
        let most = rows >= 18 ? 2 * lineCount : rows >= Layout.smallestRows + lineCount ? lineCount : 0
        switch wish {
        case .on: return most
        case .off: return 0
        case .auto: return columns <= widestUnasked && rows >= lowestUnasked ? most : 0
        }
    }

    init(_ model: Model) {
        let area = model.layout.touchBar
        guard model.layout.fits, model.usualLayout.touchRows > 0 else {
            lines = []
            return
        }
        guard area.rows > 0 else {
            lines = [Self.runButton(model).map { [$0] } ?? []]
            return
        }
        let height = area.rows / Self.lineCount
        lines = Self.wishes(model).enumerated().map { number, wishes in
            let pressable = wishes.compactMap { wish in wish.press(model).map { (wish, $0) } }
            return pressable.enumerated().map { place, part in
                let (wish, press) = part
                let start = area.columns * place / pressable.count
                let end = area.columns * (place + 1) / pressable.count
                return Button(
                    title: wish.title, caption: wish.caption, press: press,
                    area: Layout.Area(
                        column: start, row: area.row + number * height, columns: end - start, rows: height))
            }
        }
    }

    /// In a run fingers hit the field itself: all that is left for a button, at the end of the line of hints, is to end it.
    private static func runButton(_ model: Model) -> Button? {
        let title = " end "
        guard let press = model.bindings.press(for: .endRun, in: .run) else { return nil }
        let area = Layout.Area(
            column: model.columns - title.count, row: model.layout.paletteRow, columns: title.count, rows: 1)
        return Button(title: title, press: press, area: area)
    }

    /// A button before it has its place.
    private struct Wish {
        var title: String
        var caption = ""
        /// What it asks for; nil where it is a key whatever that does.
        var action: Action?
        var key: KeyPress?

        init(_ title: String, _ action: Action, caption: String = "") {
            (self.title, self.caption, self.action) = (title, caption, action)
        }

        init(_ title: String, key: KeyPress.Key) {
            (self.title, self.key) = (title, KeyPress(key))
        }

        /// The key to press; nil where there is none for it.
        func press(_ model: Model) -> KeyPress? {
            key ?? action.flatMap { model.bindings.press(for: $0, in: model.keyScene) }
        }
    }

    // MARK: What is needed where

    private static let menu = Wish("menu", .open(.home))
    private static let help = Wish("keys", .help)
    /// The way to all that has no button.
    private static let more = Wish("more", .palette)
    private static let upDown = [Wish("↑", key: .up), Wish("↓", key: .down)]
    private static let leftRight = [Wish("←", key: .left), Wish("→", key: .right)]
    private static let arrows = [leftRight[0]] + upDown + [leftRight[1]]

    private static func wishes(_ model: Model) -> [[Wish]] {
        switch model.overlay {
        case .none: break
        case .help: return [upDown, [Wish("close", key: .escape)]]
        case .palette:
            return [
                upDown + [Wish("do it", key: .enter)],
                [Wish("⌫", key: .backspace), Wish("leave", key: .escape)],
            ]
        case .tool(.bookmarks): return [upDown + [Wish("go", key: .enter)], [Wish("leave", key: .escape)]]
        case .tool(.movingTemplate):
            return [arrows + [Wish("put", key: .enter)], [Wish("leave", key: .escape)]]
        case .goTo, .turn, .name, .code, .tool:
            return [
                [Wish("take it", key: .enter)], [Wish("⌫", key: .backspace), Wish("leave", key: .escape)],
            ]
        }
        switch model.keyScene {
        case .canvas: return canvas(model)
        case .home: return [upDown + [Wish("go", .take)], [help, Wish("quit", .quit)]]
        case .clicks: return [[Wish("CLICK", .click)], [Wish("totals", .refresh), help, menu]]
        case .lobby:
            return [
                upDown + [Wish("join", .enterRelay), Wish("watch", .watchRelay)],
                [Wish("new", .createRelay(isPrivate: false)), Wish("code", .typeCode), menu],
            ]
        case .waiting: return [[Wish("start", .startRelay)], [Wish("leave", .leaveRelay), help, menu]]
        case .answering:
            return [
                [Wish("answer", .sendAnswer), Wish("⌫", key: .backspace)],
                [Wish("leave", .leaveRelay), help, menu],
            ]
        case .watched: return [[Wish("leave", .leaveRelay)], [help, menu]]
        case .result: return [[Wish("back", .leaveRelay)], [help, menu]]
        case .arcade: return [upDown + [Wish("play", .take)], leftRight + [menu]]
        case .run: return []
        case .outcome: return [[Wish("again", .take), Wish("games", .endRun)], [help, menu]]
        case .shop:
            return [
                upDown + take(model),
                [Wish("try on", .tryOn), Wish("standard", .standardLook), menu],
            ]
        case .tryingOn: return [upDown + take(model), [Wish("back", .backToShop), menu]]
        case .buying: return [[Wish("buy", .takeSkin)], [Wish("leave", .backToShop)]]
        case .feedback:
            return [
                [Wish("send", .sendFeedback), Wish("⌫", key: .backspace)],
                [Wish("clear", .clearFeedback), menu],
            ]
        case .boards: return [arrows + [Wish("anew", .refresh)], [help, menu]]
        case .settings: return [arrows + [Wish("Enter", key: .enter)], [help, menu]]
        case .about: return [[Wish("commands", .palette)], [help, menu]]
        case .signIn: return signIn(model)
        case .replay:
            return [
                [
                    Wish("‹", .replay(.back)),
                    Wish(model.replay.isPlaying ? "STOP" : "PLAY", .replay(.toggle)),
                    Wish("›", .replay(.ahead)), Wish("slower", .replay(.slower)),
                    Wish("faster", .replay(.faster)),
                ], [Wish("go to", .replay(.jump)), help, menu],
            ]
        case .replayPrompt:
            return [
                [Wish("go", .replay(.goThere)), Wish("⌫", key: .backspace)],
                [Wish("stay", .replay(.leavePrompt))],
            ]
        case .admin: return admin(model)
        case .adminForm:
            return [
                [
                    Wish("take it", .admin(.submit)), Wish("field", .admin(.fieldAfter)),
                    Wish("⌫", key: .backspace),
                ],
                [Wish("leave", .admin(.leave))],
            ]
        case .adminQuestion: return [[Wish("do it", .admin(.confirm))], [Wish("leave", .admin(.leave))]]
        case .ad:
            guard model.ads.stop?.isOver == true else { return [[menu], [help, Wish("quit", .quit)]] }
            return [[Wish("go on", .take)], [help, menu]]
        }
    }

    private static func signIn(_ model: Model) -> [[Wish]] {
        let back = Wish(model.signIn.isUnderWay ? "cancel" : "home", .signIn(.cancel))
        guard model.purpose == .play else { return [[back], [help, menu]] }
        switch model.signIn.stage {
        case .choosing:
            return [[Wish("sign in", .signIn(.begin)), Wish("link", .signIn(.link))], [back, help, menu]]
        case .asking: return [[back], [help, menu]]
        case .pending:
            return [
                [Wish("copy", .signIn(.copyAddress)), Wish("again", .signIn(.again))], [back, help, menu],
            ]
        case .ended:
            let again = model.signIn.canBeTriedAgain ? [Wish("again", .signIn(.again))] : []
            return [again + [back], [help, menu]]
        }
    }

    private static func admin(_ model: Model) -> [[Wish]] {
        guard model.role >= .moderator else { return [[menu], [help, Wish("quit", .quit)]] }
        let parts = [Wish("‹", .admin(.tabBefore)), Wish("›", .admin(.tabAfter))]
        let main: [Wish] =
            switch model.admin.tab {
            case .accounts: [Wish("ban", .take), Wish("kick", .admin(.kick))]
            case .review: [Wish("ban", .take), Wish("clear", .admin(.clearFlags))]
            case .knobs: [Wish("set", .take)]
            case .rollbacks: [Wish("back", .take), Wish("undo", .admin(.undoRollback))]
            case .areas: [Wish("protect", .take), Wish("lift", .admin(.drop))]
            case .live, .feedback, .audit: []
            }
        return [parts + upDown + main, [Wish("anew", .refresh), more, menu]]
    }

    /// What can be done with the chosen look; nothing where it is worn, or too dear.
    private static func take(_ model: Model) -> [Wish] {
        guard ShopLayout.takeWords(model) != nil else { return [] }
        let isBought = model.shop.offer.map { !$0.isOwned && $0.skin.price > 0 } ?? false
        return [Wish(isBought ? "buy" : "wear", .takeSkin)]
    }

    private static func canvas(_ model: Model) -> [[Wish]] {
        let zoom = [Wish("−", .zoomOut, caption: "zoom"), Wish("+", .zoomIn, caption: "zoom")]
        guard model.purpose == .play else {
            return [arrows + [more], zoom + [Wish("whole", .wholeCanvas), menu]]
        }
        let main: Wish
        switch model.play {
        case .playing: main = Wish("PLACE", .place)
        case .queued: main = Wish("leave", .leave, caption: "queue")
        case .unknown, .asking, .afk, .spectator: main = Wish("PLAY", .play)
        }
        return [
            arrows + [main, more],
            [Wish("‹", .nextColor(by: -1), caption: "color"), Wish("›", .nextColor(by: 1), caption: "color")]
                + zoom
                + [Wish("undo", .undo), menu],
        ]
    }
}
