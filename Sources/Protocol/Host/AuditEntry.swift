/// A line of the audit: who changed what on a host's behalf, and when.
public struct AuditEntry: Hashable, Sendable, Codable {
    /// Its number; a later one's is higher.
    public var id: Int
    /// When, in milliseconds since 1970.
    public var atMs: Int64
    /// Who.
    public var actor: Actor
    /// The account's name where an account did it and is still here.
    public var actorName: String?
    /// What was done, as a word: `ban`, `set_knob`.
    public var action: String
    /// What it was done to: an account's id, a knob's name, a relay's id.
    public var subject: String
    /// The account's name where it was done to one that is still here.
    public var subjectName: String?
    /// What else there is to know, in one line.
    public var detail: String

    /// Joins the parts.
    public init(
        id: Int, atMs: Int64, actor: Actor, actorName: String?, action: String, subject: String,
        subjectName: String?, detail: String
    ) {
        self.id = id
        self.atMs = atMs
        self.actor = actor
        self.actorName = actorName
        self.action = action
        self.subject = subject
        self.subjectName = subjectName
        self.detail = detail
    }
}
