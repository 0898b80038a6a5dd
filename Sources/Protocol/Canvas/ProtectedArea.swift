/// A part of the canvas that players can't change, as everyone is told of it.
public struct ProtectedArea: Hashable, Sendable, Codable {
    /// Its number, never used twice.
    public var id: Int
    /// Where.
    public var box: CanvasBox
    /// Why, in a line; may be empty.
    public var note: String

    /// Joins the parts.
    public init(id: Int, box: CanvasBox, note: String) {
        self.id = id
        self.box = box
        self.note = note
    }
}

/// A protected area as hosts see it.
public struct HostProtectedArea: Hashable, Sendable, Codable {
    /// What everyone is told.
    public var area: ProtectedArea
    /// Who protected it.
    public var actor: Actor
    /// When, in milliseconds since 1970.
    public var atMs: Int64

    /// Joins the parts.
    public init(area: ProtectedArea, actor: Actor, atMs: Int64) {
        self.area = area
        self.actor = actor
        self.atMs = atMs
    }
}
