import Protocol

/// Painting after a picture.
extension Model {
    /// Takes what was typed as the picture's file; nothing typed takes the picture away.
    mutating func takeTemplate(_ text: String, nowMs: Int64) -> [Command] {
        overlay = .none
        guard var order = TemplateOrder(text) else {
            guard template != nil else { return [] }
            template = nil
            countTemplate()
            desk.showsProgress = false
            say("No template now", .news, nowMs: nowMs)
            return []
        }
        if order.place == nil { order.place = cursor }
        guard let canvas else { return [] }
        return [.desk(.read(order, canvas.palette))]
    }

    /// A picture was read.
    mutating func begin(_ template: Template, nowMs: Int64) {
        guard let canvas else { return }
        let (columns, rows) = template.covered(of: canvas.extent)
        guard !columns.isEmpty, !rows.isEmpty else {
            say("The template would lie outside the canvas", .warning, nowMs: nowMs)
            return
        }
        self.template = template
        if desk.templateMode == .off { desk.templateMode = .ghost }
        countTemplate()
        say(templateWords(template.name), .news, nowMs: nowMs)
    }

    /// A template's name, and what can be done with it.
    private func templateWords(_ name: String) -> Words {
        let hints = [
            bindings.label(of: .tool(.templateMode), in: .canvas).map { "\($0) shows it otherwise" },
            bindings.label(of: .tool(.nextWrong), in: .canvas).map { "\($0) finds wrong pixels" },
        ]
        let shown = hints.compactMap { $0 }.joined(separator: ", ")
        return Words(
            shown.isEmpty ? name : "\(name): \(shown)", spoken: "\(name): say next to go to a wrong pixel")
    }

    /// Counts anew how far the template is painted.
    mutating func countTemplate() {
        guard let template, let canvas else {
            desk.match = nil
            return
        }
        desk.match = TemplateMatch(template, canvas)
    }

    mutating func mayUseTemplate(nowMs: Int64) -> Bool {
        guard template == nil else { return true }
        let words = bindings.words(
            "No template", .tool(.template), in: .canvas, "takes one", spoken: "say template and a file")
        say(words, .warning, nowMs: nowMs)
        return false
    }

    mutating func turnTemplate(nowMs: Int64) {
        guard mayUseTemplate(nowMs: nowMs) else { return }
        desk.templateMode = desk.templateMode.next
        say("Template: \(desk.templateMode.rawValue)", .news, nowMs: nowMs)
    }

    // MARK: Moving it

    mutating func moveTemplate(nowMs: Int64) {
        guard mayUseTemplate(nowMs: nowMs), let template else { return }
        if desk.templateMode == .off { desk.templateMode = .ghost }
        overlay = .tool(.movingTemplate(from: template.origin))
    }

    mutating func takeWhileMoving(_ press: KeyPress) {
        guard let origin = template?.origin else {
            overlay = .none
            return
        }
        let plain = KeyPress(press.key)
        switch bindings.action(for: press, in: .canvas) ?? bindings.action(for: plain, in: .canvas) {
        case .move(let dx, let dy)?: putTemplate(at: Place(x: origin.x + dx, y: origin.y + dy))
        case .jump(let dx, let dy)?:
            let step = TemplatePrompt.jump
            putTemplate(at: Place(x: origin.x + dx * step, y: origin.y + dy * step))
        case .goTo?, .center?: putTemplate(at: cursor)
        case .place?, .tool(.moveTemplate)?: overlay = .none
        default: break
        }
    }

    mutating func putTemplate(at origin: Place) {
        guard let canvas, let template else { return }
        self.template?.origin = template.kept(origin, on: canvas.extent)
        countTemplate()
    }

    // MARK: Painting it

    /// Goes to a pixel that isn't right, and takes the color that it should have.
    mutating func goToNextWrong(_ canvas: CanvasImage, nowMs: Int64) {
        guard mayUseTemplate(nowMs: nowMs), let template else { return }
        let found = template.nextWrong(from: cursor, on: canvas.extent) { shownIndex(at: $0) }
        guard let place = found, let wanted = template.wanted(at: place) else {
            say("\(template.name) is done", .celebration, nowMs: nowMs)
            return
        }
        choose(wanted)
        glide(around: place) { model in
            if model.viewport.zoom.isFarther(than: .actual) {
                model.viewport.zoom(to: .actual, keeping: place, canvas: canvas.extent)
            }
            model.cursor = place
            model.viewport.reveal(place, canvas: canvas.extent)
        }
    }
}

/// What can be typed as a template, and how it moves.
enum TemplatePrompt {
    /// Paths are long.
    static let maxCharacters = 400
    /// Pixels that a jump moves it by.
    static let jump = 10
}
