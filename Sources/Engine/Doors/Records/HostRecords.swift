public import Protocol

/// A knob that is set, or isn't any more.
public struct KnobRecord: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// What it is set to, as text; nil where the option counts again.
    public var value: String?
    /// When, in milliseconds since 1970.
    public var atMs: Int64

    /// Joins the parts.
    public init(name: String, value: String?, atMs: Int64) {
        self.name = name
        self.value = value
        self.atMs = atMs
    }
}

/// Something that a host, or someone with a role, changed; only ever added.
public struct AuditRecord: Hashable, Sendable {
    /// When, in milliseconds since 1970.
    public var atMs: Int64
    /// Who.
    public var actor: Actor
    /// What was done, as a word: `ban`, `set_knob`.
    public var action: String
    /// What it was done to: an account's id, a knob's name; empty where it is everyone.
    public var subject: String
    /// The account that it was done to; nil where it was none.
    public var account: Identifier?
    /// What else there is to know, in one line.
    public var detail: String

    /// Joins the parts.
    public init(
        atMs: Int64, actor: Actor, action: String, subject: String, account: Identifier? = nil, detail: String
    ) {
        self.atMs = atMs
        self.actor = actor
        self.action = action
        self.subject = subject
        self.account = account
        self.detail = detail
    }
}
