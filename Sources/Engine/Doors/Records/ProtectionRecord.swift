public import Protocol

/// A protected area with whose it is and when it ended.
public struct ProtectionRecord: Hashable, Sendable {
    /// What hosts are told.
    public var protection: HostProtectedArea
    /// The epoch of the canvas that it is a part of; it ends with it.
    public var epoch: Int
    /// When players could change it again, in milliseconds since 1970; nil while they can't.
    public var endedAtMs: Int64?

    /// Joins the parts.
    public init(protection: HostProtectedArea, epoch: Int, endedAtMs: Int64? = nil) {
        self.protection = protection
        self.epoch = epoch
        self.endedAtMs = endedAtMs
    }
}
