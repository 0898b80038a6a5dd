/// The keys of signing in.
extension KeyTable {
    /// Where one can sign in another way.
    static let toSignInEntries: [Entry] = [
        Entry(
            section: .session, words: "sign in with Google", keys: [(KeyPress("s"), .open(.signIn))],
            playOnly: true)
    ]

    static let signInEntries: [Entry] = [
        Entry(
            section: .game, words: "sign in with Google", label: "Enter g",
            keys: takers + [(KeyPress("g"), .signIn(.begin))], playOnly: true),
        Entry(
            section: .game, words: "link it to your account", keys: [(KeyPress("l"), .signIn(.link))],
            playOnly: true),
        Entry(
            section: .game, words: "use this device's key", keys: [(KeyPress("k"), .signIn(.useKey))],
            playOnly: true),
        Entry(
            section: .game, words: "copy the address", keys: [(KeyPress("c"), .signIn(.copyAddress))],
            playOnly: true),
        Entry(
            section: .game, words: "another code", keys: [(KeyPress("r"), .signIn(.again))], playOnly: true),
        Entry(section: .game, words: "cancel, go home", keys: [(KeyPress(.escape), .signIn(.cancel))]),
    ]
}
