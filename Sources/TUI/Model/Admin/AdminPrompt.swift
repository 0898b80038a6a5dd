import Protocol

/// What lies over the lists where a server is looked after.
enum AdminPrompt: Hashable, Sendable {
    case form(AdminForm)
    case question(AdminQuestion)
}

/// What is asked before something is done that can't be undone by a key.
struct AdminQuestion: Hashable, Sendable {
    /// What is asked, as in "Kick Bob?".
    var title: String
    /// What there is to know, a line each.
    var lines: [String]
    /// What the key does, as in "kicks".
    var deed: String
    var route: AdminRoute
    /// The part of the canvas that it is about.
    var box: CanvasBox?
}

/// Fields that are filled in and sent.
struct AdminForm: Hashable, Sendable {
    /// What it is for.
    enum Purpose: Hashable, Sendable {
        case find
        case ban(AccountName)
        case role(AccountName)
        case knob(String)
        case rollBack
        case protect
        case announce
        case newGame
        case studio
    }

    /// A line to fill in.
    struct Field: Hashable, Sendable {
        var title: String
        /// What it may be; shown while it is filled in.
        var hint: String
        var line: LineEditor

        init(_ title: String, _ hint: String, text: String = "", max: Int = 64) {
            self.title = title
            self.hint = hint
            line = LineEditor(maxCharacters: max)
            line.add(text)
        }
    }

    let purpose: Purpose
    let title: String
    /// What sending it does, as in "sets it".
    let deed: String
    var fields: [Field]
    /// The field that is filled in.
    private(set) var at = 0
    /// Why it wasn't taken.
    private(set) var refusal: String?
    /// What it was sent as and isn't answered.
    private(set) var sent: AdminRoute?

    init(_ purpose: Purpose, title: String, deed: String, _ fields: [Field]) {
        (self.purpose, self.title, self.deed, self.fields) = (purpose, title, deed, fields)
    }

    var isSending: Bool { sent != nil }
    /// What was typed, field by field.
    var texts: [String] { fields.map { $0.line.text.trimmed } }

    mutating func move(by step: Int) { go(to: (at + step + fields.count) % fields.count) }

    mutating func go(to field: Int) { if fields.indices.contains(field) { at = field } }

    /// Does what a key means to a line; while it is sent nothing changes.
    mutating func take(_ press: KeyPress) {
        guard !isSending, fields[at].line.take(press) else { return }
        refusal = nil
    }

    mutating func paste(_ text: String) {
        guard !isSending else { return }
        refusal = nil
        fields[at].line.add(text)
    }

    mutating func send(_ route: AdminRoute) {
        sent = route
        refusal = nil
    }

    mutating func refuse(_ words: String) {
        sent = nil
        refusal = words
    }
}
