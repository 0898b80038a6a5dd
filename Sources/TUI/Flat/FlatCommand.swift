import Protocol

/// What a line of a person asks for.
enum FlatCommand: Hashable, Sendable {
    case help(String?)
    case status
    case go(Place)
    /// Goes to a place that was marked.
    case goToMark(String)
    case move(dx: Int, dy: Int)
    /// Chooses a color by its name or number; nil reads all.
    case color(String?)
    case place
    case undo
    case look(Look)
    case who
    case mark(String)
    case unmark(String)
    case marks
    /// Follows a player by name or id; nil is whoever placed the pixel at the cursor.
    case follow(String?)
    case unfollow
    /// Paints after a picture, `FILE` or `FILE@X,Y`; nil takes it away.
    case template(String?)
    /// Goes to the next wrong pixel.
    case next
    case progress
    case play
    case leave
    case name(String)
    case clicks
    case click(Int)
    case relays
    case createRelay(isPrivate: Bool)
    case join(String)
    case watch(String)
    case start
    case puzzle
    case answer(String)
    case exit
    case board(Board, BoardPeriod)
    case boards
    case shop
    case buy(String)
    case wear(String)
    case yes
    case no
    case feedback(String)
    case arcade
    /// Signs in with Google, or has to do with it.
    case google(SignInAction)
    /// Goes to a moment of the canvas's past; nil reads what there is.
    case replay(String?)
    /// Reads a part of what moderators and admins see.
    case admin(AdminTab)
    case verbose(Bool)
    case quit

    /// How much of the canvas is read.
    enum Look: Hashable, Sendable {
        /// The cursor's row, some cells to both sides.
        case line
        /// All of the cursor's row.
        case row
        /// The rows around the cursor, so many to each side.
        case square(radius: Int)
        /// The whole canvas, in nine parts.
        case all
    }

    /// The most that one line moves the cursor by, which is farther than any canvas is wide.
    private static let maxSteps = 100_000
    /// The most clicks that one line makes: what quick fingers do in ten seconds.
    static let maxClicks = 100

    /// The page that the command belongs to; nil where it is the same everywhere.
    var page: Page? {
        switch self {
        case .clicks, .click: .clicks
        case .relays, .createRelay, .join, .watch, .start, .puzzle, .answer, .exit: .relays
        case .shop, .buy, .wear, .yes, .no: .shop
        case .feedback: .feedback
        case .follow: .canvas
        case .replay: .replay
        case .admin: .admin
        case .help, .status, .go, .goToMark, .move, .color, .place, .undo, .look, .who, .mark, .unmark,
            .marks, .unfollow, .template, .next, .progress, .play, .leave, .name, .board, .boards, .arcade,
            .google, .verbose, .quit:
            nil
        }
    }

    /// Whether it means the same without a connection.
    var needsNobody: Bool {
        switch self {
        case .help, .status, .boards, .arcade, .google, .verbose, .quit: true
        case .go, .goToMark, .move, .color, .place, .undo, .look, .who, .marks, .unfollow, .mark, .unmark,
            .follow, .template, .next, .progress, .play, .leave, .name, .clicks, .click, .relays,
            .createRelay, .join, .watch, .start,
            .puzzle, .answer, .exit, .board, .shop, .buy, .wear, .yes, .no, .feedback, .replay,
            .admin:
            false
        }
    }

    /// What came of reading a line.
    enum Reading: Hashable, Sendable {
        case command(FlatCommand)
        /// With what to say to whoever typed it.
        case wrong(String)
        /// An empty line.
        case nothing
    }

    /// Reads a line: a word, in any case, and what belongs to it.
    static func read(_ line: String) -> Reading {
        let parts = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        guard let word = parts.first?.lowercased() else { return .nothing }
        guard let form = form(of: word) else {
            return .wrong("there is no command \(PlayerName.displayed(String(word.prefix(24)))); say help")
        }
        let rest = parts.count > 1 ? String(parts[1]).trimmed : ""
        guard let command = form.read(rest) else { return .wrong("say it like this: \(form.usage)") }
        return .command(command)
    }

    // MARK: What belongs to a word

    static func steps(_ text: String, _ dx: Int, _ dy: Int) -> FlatCommand? {
        guard let count = text.isEmpty ? 1 : Int(text), (1...maxSteps).contains(count) else { return nil }
        return .move(dx: dx * count, dy: dy * count)
    }

    static func go(_ text: String) -> FlatCommand? {
        if let place = GoTo.place(text) { return .go(place) }
        // What has digits alone was meant as a place.
        return text.isEmpty || text.allSatisfy({ $0.isNumber || $0 == "," || $0 == " " })
            ? nil : .goToMark(text)
    }

    static func look(_ text: String) -> FlatCommand? {
        switch text.lowercased() {
        case "": .look(.line)
        case "row": .look(.row)
        case "all": .look(.all)
        default:
            Int(text).flatMap {
                (1...CanvasReader.maxRadius).contains($0) ? .look(.square(radius: $0)) : nil
            }
        }
    }

    static func boards(_ text: String) -> FlatCommand? {
        let words = text.lowercased().split(separator: " ")
        guard let name = words.first else { return .boards }
        guard let board = Board(rawValue: String(name)), words.count <= 2 else { return nil }
        guard words.count == 2 else { return .board(board, .all) }
        return BoardPeriod(rawValue: String(words[1])).map { .board(board, $0) }
    }

    static func google(_ text: String) -> FlatCommand? {
        switch text.lowercased() {
        case "": .google(.begin)
        case "link": .google(.link)
        case "again": .google(.again)
        case "cancel": .google(.cancel)
        case "off": .google(.useKey)
        default: nil
        }
    }

    static func isOn(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "on": true
        case "off": false
        default: nil
        }
    }
}

extension String {
    /// The text; nil where there is none.
    var orNil: String? { isEmpty ? nil : self }
}
