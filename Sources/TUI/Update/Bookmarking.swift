import Protocol

/// Places that the person wants to find again.
extension Model {
    /// Says once why bookmarks can't be read or kept.
    mutating func tellTrouble(nowMs: Int64) {
        guard let words = desk.bookmarkTrouble, !desk.hasToldTrouble else { return }
        desk.hasToldTrouble = true
        say("Bookmarks: \(PlayerName.displayed(words))", .failure, nowMs: nowMs)
    }

    /// Whether bookmarks can be changed; says why not.
    private mutating func mayBookmark(nowMs: Int64) -> Bool {
        desk.hasToldTrouble = false
        tellTrouble(nowMs: nowMs)
        return desk.bookmarkTrouble == nil
    }

    mutating func openBookmarkPrompt(nowMs: Int64) {
        guard mayBookmark(nowMs: nowMs) else { return }
        overlay = .tool(.bookmarkName(LineEditor(maxCharacters: Limits.maxNameCharacters)))
    }

    /// Remembers the cursor's place; without a name it is called by its numbers.
    mutating func addBookmark(named text: String, nowMs: Int64) -> [Command] {
        overlay = .none
        let name = text.isEmpty ? "\(cursor.x),\(cursor.y)" : text
        guard let bookmark = Bookmark(name: name, x: cursor.x, y: cursor.y) else {
            say("Not a name that all can read", .warning, nowMs: nowMs)
            return []
        }
        guard desk.bookmarks.add(bookmark) else {
            let key = bindings.label(of: .tool(.bookmarks), in: .canvas)
            let text = "\(Limits.maxBookmarks) bookmarks are the most"
            let words = Words(
                text + (key.map { ": d in \($0) takes one away" } ?? ""),
                spoken: "\(text): say unmark to forget one")
            say(words, .warning, nowMs: nowMs)
            return []
        }
        say("Bookmarked \(bookmark.name)", .news, nowMs: nowMs)
        return [.desk(.keep(desk.bookmarks))]
    }

    mutating func openBookmarks(nowMs: Int64) {
        guard mayBookmark(nowMs: nowMs) else { return }
        guard !desk.bookmarks.items.isEmpty else {
            let words = bindings.words(
                "No bookmarks here yet", .tool(.addBookmark), in: .canvas, "makes one",
                spoken: "say mark and a name to make one")
            say(words, .warning, nowMs: nowMs)
            return
        }
        overlay = .tool(.bookmarks(choice: 0))
    }

    mutating func takeInBookmarks(_ press: KeyPress, _ choice: Int, nowMs: Int64) -> [Command] {
        let count = desk.bookmarks.items.count
        func chosen(_ number: Int) { overlay = .tool(.bookmarks(choice: min(max(number, 0), count - 1))) }
        switch press.key {
        case .up, .character("k"): chosen(choice - 1)
        case .down, .character("j"): chosen(choice + 1)
        case .pageUp: chosen(choice - 8)
        case .pageDown: chosen(choice + 8)
        case .home: chosen(0)
        case .end: chosen(count - 1)
        case .enter, .character(" "): goToBookmark(choice, nowMs: nowMs)
        case .character("B"), .character("q"): overlay = .none
        case .character("d"), .delete:
            desk.bookmarks.remove(at: choice)
            if count > 1 {
                overlay = .tool(.bookmarks(choice: min(choice, count - 2)))
            } else {
                overlay = .none
            }
            return [.desk(.keep(desk.bookmarks))]
        default: break
        }
        return []
    }

    mutating func goToBookmark(_ number: Int, nowMs: Int64) {
        overlay = .none
        guard let canvas, desk.bookmarks.items.indices.contains(number) else { return }
        let bookmark = desk.bookmarks.items[number]
        let place = Place(x: bookmark.x, y: bookmark.y)
        guard canvas.extent.contains(place) else {
            say("\(bookmark.name) lies outside this canvas", .warning, nowMs: nowMs)
            return
        }
        go(to: place)
    }

    /// The mouse over what the canvas's tools have open.
    mutating func take(_ mouse: MouseEvent, in prompt: ToolPrompt, nowMs: Int64) -> [Command] {
        guard case .bookmarks(let choice) = prompt else { return [] }
        let count = desk.bookmarks.items.count
        switch mouse.kind {
        case .wheelUp: overlay = .tool(.bookmarks(choice: max(choice - 1, 0)))
        case .wheelDown: overlay = .tool(.bookmarks(choice: min(choice + 1, count - 1)))
        case .press(.left):
            guard let number = BookmarkBox.number(self, choice, column: mouse.column, row: mouse.row) else {
                overlay = .none
                break
            }
            goToBookmark(number, nowMs: nowMs)
        case .press, .release, .motion: break
        }
        return []
    }
}
