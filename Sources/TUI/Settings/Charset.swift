/// Which characters the terminal shows.
enum Charset: Hashable, Sendable, CaseIterable {
    case unicode
    case ascii
}
