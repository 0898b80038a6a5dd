public import Protocol

/// A puzzle as lines of text, for terminals without color.
public enum PuzzlePicture {
    /// No line is longer.
    public static let width = 60
    /// There are no more lines.
    public static let height = 16

    private static let indent = "  "

    /// Draws a puzzle, or whatever else a server sent in its place: nothing in it can leave its bounds.
    ///
    /// - Parameter isHidden: whether the time to remember is over; only a memory puzzle looks different then.
    /// - Returns: up to 16 lines of up to 60 characters, each one column wide; the first says what to do.
    public static func lines(of data: PuzzleData, isHidden: Bool) -> [String] {
        let drawn =
            switch data {
            case .arithmetic(let expression):
                ["Work it out", "", ""] + wrapped("\(expression) = ?")
            case .anagram(let letters, let hint):
                ["Put the letters in order", "", ""]
                    + wrapped(NarrowText.clean(letters).uppercased().map(String.init).joined(separator: " "))
                    + ["", ""] + wrapped("Hint: \(hint)")
            case .sequence(let terms):
                ["Which number comes next?", "", ""]
                    + wrapped((terms.prefix(width).map(String.init) + ["?"]).joined(separator: ", "))
            case .oddOneOut(let words):
                ["Which word doesn't belong with the others?", ""]
                    + words.prefix(height).enumerated().map {
                        "\(indent)\($0.offset + 1)  \(NarrowText.clean($0.element))"
                    }
            case .rotation(let shape, let options):
                PuzzleShapePicture.rotation(
                    PuzzleShape(rows: shape), options.prefix(width).map { PuzzleShape(rows: $0) })
            case .logic(let people, let items, let clues, let question):
                logic(people, items, clues, question)
            case .memory(let rows, let showMs, let question):
                isHidden
                    ? ["What do you remember?", "", ""] + wrapped(question)
                    : PuzzleShapePicture.memory(PuzzleShape(rows: rows), showMs: showMs)
            }
        return drawn.prefix(height).map { NarrowText.clipped($0, to: width) }
    }

    private static func logic(
        _ people: [String], _ items: [String], _ clues: [String], _ question: String
    ) -> [String] {
        let shown = clues.prefix(height).map { indent + NarrowText.clean($0) }
        return ["Who has what? Each has one thing", ""]
            + wrapped("People: " + people.prefix(width).joined(separator: ", "))
            + wrapped("Things: " + items.prefix(width).joined(separator: ", ")) + [""] + shown + [""]
            + wrapped(question)
    }

    /// An indented text on as many lines as it needs, broken between words where they fit on a line.
    private static func wrapped(_ text: String) -> [String] {
        var lines: [String] = []
        var line = indent
        for word in NarrowText.clean(text).split(separator: " ") {
            if line.count > indent.count, line.count + word.count + 1 > width {
                lines.append(line)
                line = indent
            }
            if line.count > indent.count { line.append(" ") }
            line += word
        }
        return lines + [line]
    }
}
