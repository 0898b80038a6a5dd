import Protocol

/// What can happen to the studio.
enum StudioEvent: Hashable, Sendable {
    case input(InputEvent)
    case resized(columns: Int, rows: Int)
    case clock
    case file(SkinFileReport)
    case install(InstallReport)
}

/// What became of saving.
enum SkinFileReport: Hashable, Sendable {
    case saved(SkinFile, SkinDraft)
    /// Somebody else wrote the file since it was read here; nothing was written.
    case changedMeanwhile(path: String)
    case failed(String)
}

/// What became of asking the server to offer the skin.
enum InstallReport: Hashable, Sendable {
    /// Whether it is a new one, or took the place of one with its id.
    case installed(isNew: Bool)
    case refused(Failure)
    /// There is no server to be reached, or no key to sign in with.
    case unreachable(String)
}

/// What the studio wants done.
enum StudioCommand: Hashable, Sendable {
    /// To write the draft's bytes into a file, if that still holds what it held here; or in any case.
    case save(SkinDraft, bytes: [UInt8], path: String, isForced: Bool)
    case install([UInt8])
    case quit
    case suspend
    case repaint
}
