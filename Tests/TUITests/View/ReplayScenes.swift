import Protocol

@testable import TUI

/// The page of the past in its states.
enum ReplayScenes {
    static let pages: [PageMatrix.Page] = [
        PageMatrix.Page(name: "replay") { model in
            var past = try PastSample.standard()
            try model.openPast(&past)
            for character in "g700" { _ = try model.settle(model.type(String(character)), &past) }
            try model.press(KeyPress(.enter), &past)
        },
        PageMatrix.Page(name: "replay-playing") { model in
            var past = try PastSample.standard()
            try model.openPast(&past)
            try model.press(KeyPress(.home), &past)
            try model.press(KeyPress(" "), &past)
            try model.play(milliseconds: 20_000, &past)
        },
        PageMatrix.Page(name: "replay-prompt") { model in
            var past = try PastSample.standard()
            try model.openPast(&past)
            _ = model.type("g")
        },
        PageMatrix.Page(name: "replay-fetching") { _ = $0.open(.replay) },
        PageMatrix.Page(name: "replay-absent") { model in
            var past = try PastSample.standard()
            past.refusals = [Failure(.notFound, "nothing")]
            try model.openPast(&past)
        },
    ]
}
