import Protocol

@testable import TUI

/// The page where a server is looked after, in its parts.
enum AdminScenes {
    static let pages: [PageMatrix.Page] =
        [
            PageMatrix.Page(name: "admin-live") { $0.openAdmin() },
            PageMatrix.Page(name: "admin-accounts") {
                $0.openAdmin(.admin, "2a")
                $0.pressAdmin(KeyPress(.end))
            },
            PageMatrix.Page(name: "admin-knobs") {
                $0.openAdmin(.admin, "3")
                $0.pressAdmin(KeyPress(.down))
            },
            PageMatrix.Page(name: "admin-rollbacks") {
                $0.openAdmin(.moderator, "4")
                $0.pressAdmin(KeyPress(.down))
            },
            PageMatrix.Page(name: "admin-audit") { $0.openAdmin(.moderator, "8") },
            PageMatrix.Page(name: "admin-form") { model in
                model.openAdmin(.admin, "2")
                model.pressAdmin(KeyPress(.down))
                model.pressAdmin(KeyPress("b"))
                _ = model.type("7d")
                model.pressAdmin(KeyPress(.tab))
                _ = model.type("Bursts in every run")
            },
            PageMatrix.Page(name: "admin-refused") { model in
                model.openAdmin(.admin, "3")
                model.pressAdmin(KeyPress(.enter))
                _ = model.update(.input(.key(KeyPress(.enter))), nowMs: model.clockMs + 800)
                let route = AdminRoute.setKnob(name: "place-rate", value: "10:20")
                _ = model.hear(
                    .failed(
                        .ask(route), Failure(.badRequest, "place-rate must be a rate a second and a burst.")))
            },
            PageMatrix.Page(name: "admin-preview") { model in
                model.openAdmin(.moderator, "4")
                model.pressAdmin(KeyPress("t"))
                for text in ["Linus", "1h", "", "12,8 55,40"] {
                    model.pressAdmin(KeyPress(.character("u"), .control))
                    _ = model.type(text)
                    if text != "12,8 55,40" { model.pressAdmin(KeyPress(.tab)) }
                }
                model.pressAdmin(KeyPress(.enter))
            },
            PageMatrix.Page(name: "admin-moderator") { $0.openAdmin(.moderator, "3") },
            PageMatrix.Page(name: "admin-nobody") { $0.openAdmin(.player) },
        ]
        + ["5", "6", "7"].map { key in
            PageMatrix.Page(name: "admin-" + ["areas", "review", "feedback"][Int(key).map { $0 - 5 } ?? 0]) {
                $0.openAdmin(.admin, key)
            }
        }
}
