/// What the config file calls actions and scenes: words that stay, whatever help and palette say of them.
extension Action {
    /// The action's word, the same for one thing wherever it can be asked for.
    var name: String {
        switch self {
        case .move(let dx, let dy): "move_" + Self.direction(dx: dx, dy: dy)
        case .jump(let dx, let dy): "jump_" + Self.direction(dx: dx, dy: dy)
        case .zoomIn: "zoom_in"
        case .zoomOut: "zoom_out"
        case .wholeCanvas: "whole_canvas"
        case .turnView(let change): Self.turn(change)
        case .turnBy: "turn_by"
        case .minimap: "minimap"
        case .center: "center"
        case .goTo: "go_to"
        case .nextColor(let by): Self.colorStep(by)
        case .color(let index): "color_\(index)"
        case .pickColor: "pick_color"
        case .tool(let tool): tool.rawValue
        case .place: "place"
        case .undo: "undo"
        case .play: "play"
        case .leave: "leave"
        case .name: "choose_name"
        case .open(let page): "open_\(page.rawValue)"
        case .click: "click"
        case .choose(let step): Self.choice(step)
        case .take: "take"
        case .turnPeriod(let step): step < 0 ? "period_before" : "period_after"
        case .shoot: "shoot"
        case .endRun: "end_run"
        case .enterRelay: "join_relay"
        case .watchRelay: "watch_relay"
        case .createRelay(let isPrivate): isPrivate ? "new_private_relay" : "new_relay"
        case .typeCode: "join_by_code"
        case .refresh: "refresh"
        case .startRelay: "start_relay"
        case .sendAnswer: "answer"
        case .leaveRelay: "leave_relay"
        case .takeSkin: "wear_or_buy"
        case .tryOn: "try_on"
        case .backToShop: "back_to_shop"
        case .standardLook: "standard_look"
        case .sendFeedback: "send_feedback"
        case .clearFeedback: "clear_feedback"
        case .shrink: "shrink_notice"
        case .adjust(let step): step < 0 ? "value_before" : "value_after"
        case .addKey: "add_key"
        case .dropKeys: "drop_keys"
        case .restore: "restore"
        case .signIn(let action): action.rawValue
        case .replay(let action): action.rawValue
        case .admin(let action): action.rawValue
        case .palette: "palette"
        case .help: "help"
        case .repaint: "repaint"
        case .suspend: "suspend"
        case .quit: "quit"
        }
    }

    private static func direction(dx: Int, dy: Int) -> String {
        if dx != 0 { return dx < 0 ? "left" : "right" }
        return dy < 0 ? "up" : "down"
    }

    private static func turn(_ change: ViewChange) -> String {
        switch change {
        case .rotate(let degrees):
            (degrees < 0 ? "turn_left" : "turn_right") + (abs(degrees) == 90 ? "_90" : "")
        case .flipAcross: "mirror"
        case .flipDown: "upside_down"
        case .shear(let by): by < 0 ? "shear_left" : "shear_right"
        case .stretch(let ratio): ratio < 1 ? "stretch_down" : "stretch_across"
        case .upright: "upright"
        }
    }

    private static func colorStep(_ by: Int) -> String {
        let far = abs(by) > 1 ? "_far" : ""
        return (by < 0 ? "color_before" : "color_after") + far
    }

    private static func choice(_ step: Int) -> String {
        let isBefore = step < 0
        if abs(step) == 1 { return isBefore ? "choose_before" : "choose_after" }
        if abs(step) < KeyTable.wholeList { return isBefore ? "choose_page_before" : "choose_page_after" }
        return isBefore ? "choose_first" : "choose_last"
    }
}

extension KeyScene {
    /// The scene's word.
    var name: String {
        switch self {
        case .home: "home"
        case .canvas: "canvas"
        case .clicks: "clicks"
        case .lobby: "lobby"
        case .waiting: "waiting"
        case .answering: "answering"
        case .watched: "watched"
        case .result: "result"
        case .arcade: "arcade"
        case .run: "run"
        case .outcome: "outcome"
        case .shop: "shop"
        case .tryingOn: "trying_on"
        case .buying: "buying"
        case .feedback: "feedback"
        case .boards: "boards"
        case .settings: "settings"
        case .about: "about"
        case .signIn: "sign_in"
        case .replay: "replay"
        case .replayPrompt: "replay_prompt"
        case .admin: "admin"
        case .adminForm: "admin_form"
        case .adminQuestion: "admin_question"
        case .ad: "ad"
        }
    }

    /// The scene of a word; nil where it names none.
    init?(name: String) {
        guard let scene = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = scene
    }
}
