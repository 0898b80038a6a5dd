import Protocol

/// The cursor, the colors, and what is to be heard of the canvas.
extension FlatSession {
    mutating func perform(onCanvas command: FlatCommand, into outcome: inout Outcome, nowMs: Int64) {
        guard let canvas = model.canvas else {
            outcome.announcements.append(Announcement(.warning, "the canvas isn't here yet"))
            return
        }
        let reader = CanvasReader(model: model, names: names)
        switch command {
        case .go(let place): move(to: place, canvas.extent, into: &outcome)
        case .move(let dx, let dy):
            move(to: Place(x: model.cursor.x + dx, y: model.cursor.y + dy), canvas.extent, into: &outcome)
        case .look(let look): outcome.announcements += read(look, reader)
        case .color(let text): choose(text, into: &outcome)
        case .who: tellOwner(into: &outcome, nowMs: nowMs)
        case .mark, .unmark, .goToMark, .marks:
            perform(onMarks: command, reader, into: &outcome, nowMs: nowMs)
        case .follow(let name):
            watch(&outcome, nowMs: nowMs) { model in
                model.stopTravelling()
                if let name {
                    model.follow(named: name, nowMs: nowMs)
                } else {
                    model.followOwner(nowMs: nowMs)
                }
                return model.tendCanvas(nowMs: nowMs)
            }
        case .unfollow:
            let isOn = model.desk.following != nil || model.desk.followsNext
            model.stopTravelling()
            outcome.announcements.append(
                Announcement(.cursor, isOn ? "follows nobody now" : "you follow nobody"))
        default: break
        }
    }

    private mutating func move(to place: Place, _ extent: Extent, into outcome: inout Outcome) {
        // Whoever moves goes a way of their own.
        model.stopTravelling()
        model.cursor = extent.nearest(place)
        if model.cursor != place {
            outcome.announcements.append(Announcement(.warning, "that is the canvas's edge"))
        }
        outcome.announcements.append(CanvasReader(model: model, names: names).cursor)
    }

    /// Tells whose the pixel at the cursor is, at once where that is known.
    private mutating func tellOwner(into outcome: inout Outcome, nowMs: Int64) {
        if let answer = model.desk.owners.answer(at: model.cursor) {
            outcome.announcements.append(Announcement(.cursor, FlatView.words(for: answer, names, model)))
            return
        }
        let place = model.cursor
        ask(.cell(place), .ask(.cell(place)), asPlayer: false, into: &outcome, nowMs: nowMs)
    }

    // MARK: Marks

    private mutating func perform(
        onMarks command: FlatCommand, _ reader: CanvasReader, into outcome: inout Outcome, nowMs: Int64
    ) {
        let marks = model.desk.bookmarks.items
        func number(of name: String) -> Int? {
            marks.firstIndex { $0.name == name }
                ?? marks.firstIndex { $0.name.lowercased() == name.lowercased() }
        }
        switch command {
        case .marks:
            let words = marks.map { "\($0.name) at \(reader.cell(Place(x: $0.x, y: $0.y)))" }
            outcome.announcements += (words.isEmpty ? ["no marks"] : words).map { Announcement(.cursor, $0) }
        case .mark(let name):
            watch(&outcome, nowMs: nowMs) { model in
                model.desk.hasToldTrouble = false
                model.tellTrouble(nowMs: nowMs)
                return model.desk.bookmarkTrouble == nil ? model.addBookmark(named: name, nowMs: nowMs) : []
            }
        case .unmark(let name):
            guard let number = number(of: name) else { return tellNoMark(name, into: &outcome) }
            model.desk.bookmarks.remove(at: number)
            outcome.commands.append(.desk(.keep(model.desk.bookmarks)))
            outcome.announcements.append(Announcement(.news, "\(marks[number].name) is forgotten"))
        case .goToMark(let name):
            guard let number = number(of: name) else { return tellNoMark(name, into: &outcome) }
            watch(&outcome, nowMs: nowMs) { model in
                model.goToBookmark(number, nowMs: nowMs)
                return []
            }
            outcome.announcements.append(CanvasReader(model: model, names: names).cursor)
        default: break
        }
    }

    private func tellNoMark(_ name: String, into outcome: inout Outcome) {
        outcome.announcements.append(Announcement(.error, "there is no mark \(name); say marks"))
    }

    // MARK: Looking and choosing

    private func read(_ look: FlatCommand.Look, _ reader: CanvasReader) -> [Announcement] {
        switch look {
        case .line: reader.line
        case .row: reader.row(model.cursor.y, from: 0, through: .max).map { [$0] } ?? []
        case .square(let radius): reader.square(radius: radius)
        case .all: reader.whole
        }
    }

    private mutating func choose(_ text: String?, into outcome: inout Outcome) {
        guard let text else {
            outcome.announcements += names.names.enumerated().map { number, name in
                let chosen = number == Int(model.color) ? ", chosen" : ""
                return Announcement(.color, "\(number) \(name)\(chosen)")
            }
            return
        }
        switch names.meaning(of: text) {
        case .color(let index):
            model.choose(index)
            outcome.announcements.append(Announcement(.color, "\(names[model.color]), number \(model.color)"))
        case .several(let alike):
            outcome.announcements.append(Announcement(.error, "which one: \(alike.joined(separator: ", "))?"))
        case .none:
            outcome.announcements.append(
                Announcement(.error, "there is no color \(text); say color to hear all"))
        }
    }
}
