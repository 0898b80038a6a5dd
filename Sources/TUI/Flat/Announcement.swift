import Protocol

/// One line for a person who listens: what it is about, and the words.
struct Announcement: Hashable, Sendable {
    /// What a line is about; it stands before the words, so that the rest can be skipped.
    enum Role: String, Hashable, Sendable, CaseIterable {
        case connection
        case status
        case account
        case signIn = "sign in"
        case canvas
        case replay
        case cursor
        case color
        /// A pixel of one's own, or a single one of somebody else's.
        case pixel
        /// Several pixels of others, summed.
        case pixels
        case template
        case clicks = "click war"
        case planet
        case relay
        case puzzle
        case board
        case shop
        case ad
        case feedback
        case admin
        case help
        case news
        case warning
        case error
    }

    /// When a line may be said.
    enum Pace: Hashable, Sendable {
        /// At once: it was asked for, or can't wait.
        case atOnce
        /// In its turn, at most one a second.
        case inTurn
        /// In its turn, and in place of an earlier one of its role that still waits.
        case latest
    }

    var role: Role
    /// Without anything that could command a terminal.
    let text: String
    var pace: Pace

    init(_ role: Role, _ text: String, _ pace: Pace = .atOnce) {
        self.role = role
        self.text = PlayerName.displayed(text)
        self.pace = pace
    }

    /// The line as it is printed, without its end.
    var line: String { "\(role.rawValue): \(text)" }

    /// The line in ASCII alone, for terminals that show nothing else: `?` for what has no likeness there.
    var asciiLine: String {
        var ascii = ""
        for character in line {
            if character.isASCII { ascii.append(character) } else { ascii += Self.likeness[character] ?? "?" }
        }
        return ascii
    }

    private static let likeness: [Character: String] = [
        "−": "-", "–": "-", "—": "-", "×": "x", "÷": "/", "…": "...", "’": "'", "‘": "'", "“": "\"",
        "”": "\"",
    ]
}
