/// Turns the terminal's bytes into input events (ECMA-48 §5.4, xterm's ctlseqs, SGR mouse 1006, paste 2004).
///
/// ncurses' own decoder is left aside: it blocks on ESC and on clicks, loses columns above 223 under tmux's
/// entries, and can't be tested without a terminal. State is what was read of an unfinished sequence, so bytes
/// may come in any pieces.
struct InputDecoder: Sendable {
    private var buffer: [UInt8] = []
    private var pasted: [UInt8]?
    /// Bytes of a string that means nothing here, skipped to its end so far; nil outside of one.
    private var skipped: Int?
    private var answers = Answers()

    /// What the terminal told because the program asked: no doing of the person's.
    struct Answers: Hashable, Sendable {
        /// How often it said that it is ready (DSR 0), having read all that came before the question.
        var ready = 0
        /// How often it said what it is (DA), which it is asked to when such an answer was lost.
        var attributes = 0
        /// Whether it told its background.
        var background = false
    }

    private static let pasteEnd = Array("\u{1b}[201~".utf8)
    /// A sequence longer than this is no key of any terminal.
    private static let maxSequenceBytes = 64
    /// After so much a string's end is taken for lost.
    private static let maxSkippedBytes = 4096
    /// What one paste may bring; the rest of it is dropped.
    static let maxPasteBytes = 4096

    /// Whether an unfinished sequence waits that may be a key; after `escapeDelayMs` without more, `flush` ends it.
    ///
    /// What has come so far that it can be no key waits for its end however long: a slow line may tear it, and its
    /// rest would be read as typed.
    var isWaiting: Bool { !buffer.isEmpty && pasted == nil && !isTorn }

    private var isTorn: Bool {
        buffer.count > 2 && buffer[0] == 0x1b
            && (Self.beginsString(buffer[1]) || buffer[1] == UInt8(ascii: "]")
                || buffer[1] == UInt8(ascii: "[") && buffer[2] != UInt8(ascii: "["))
    }

    /// How long a lone ESC may be the start of something longer.
    static let escapeDelayMs: Int64 = 20

    /// Takes bytes and returns the events they complete.
    mutating func feed(_ bytes: some Sequence<UInt8>) -> [InputEvent] {
        buffer.append(contentsOf: bytes)
        var events: [InputEvent] = []
        var at = 0
        while at < buffer.count {
            if pasted != nil {
                at = takePaste(from: at, into: &events)
                if pasted != nil { break }
                continue
            }
            if skipped != nil {
                guard let used = skip(buffer[at...]) else { break }
                at += used
                continue
            }
            guard let used = takeOne(buffer[at...], into: &events) else { break }
            at += used
        }
        buffer.removeFirst(min(at, buffer.count))
        return events
    }

    /// No more bytes came: a lone ESC is the key, ESC and a character is Alt, the rest is dropped.
    mutating func flush() -> [InputEvent] {
        guard isWaiting else { return [] }
        let rest = buffer
        buffer = []
        guard rest.first == 0x1b else { return [] }
        if rest.count == 1 { return [.key(KeyPress(.escape))] }
        if rest.count == 2 { return [.key(KeyPress(.character(Unicode.Scalar(rest[1])), .alt))] }
        return []
    }

    /// The answers since the last time.
    mutating func takeAnswers() -> Answers {
        defer { answers = Answers() }
        return answers
    }

    // MARK: One event

    /// Reads one event at the start of `bytes` and returns how many bytes it took; nil to wait for more.
    private mutating func takeOne(_ bytes: ArraySlice<UInt8>, into events: inout [InputEvent]) -> Int? {
        let first = bytes[bytes.startIndex]
        if first == 0x1b { return takeEscape(bytes, into: &events) }
        if first < 0x80 {
            if let press = Self.plain(first) { events.append(.key(press)) }
            return 1
        }
        let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
        guard length > 1 else { return 1 }
        guard bytes.count >= length else { return nil }
        let text = String(decoding: bytes.prefix(length), as: UTF8.self)
        if let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1, scalar != "\u{fffd}" {
            events.append(.key(KeyPress(scalar)))
            return length
        }
        return 1
    }

    /// A single byte below 0x80.
    private static func plain(_ byte: UInt8) -> KeyPress? {
        switch byte {
        case 0x0d, 0x0a: KeyPress(.enter)
        case 0x09: KeyPress(.tab)
        case 0x08, 0x7f: KeyPress(.backspace)
        case 0x00: KeyPress(.character(" "), .control)
        case 0x01...0x1a: KeyPress(.character(Unicode.Scalar(byte + 0x60)), .control)
        case 0x1c...0x1f: nil
        default: KeyPress(Unicode.Scalar(byte))
        }
    }

    private mutating func takeEscape(_ bytes: ArraySlice<UInt8>, into events: inout [InputEvent]) -> Int? {
        let start = bytes.startIndex
        guard bytes.count > 1 else { return nil }
        switch bytes[start + 1] {
        case UInt8(ascii: "["): return takeControlSequence(bytes, into: &events)
        case UInt8(ascii: "]"): return takeCommand(bytes, into: &events)
        case let byte where Self.beginsString(byte):
            // Alone it is the key with Alt.
            guard bytes.count > 2 else { return nil }
            skipped = 0
            return 2
        case UInt8(ascii: "O"):
            guard bytes.count > 2 else { return nil }
            if let press = KeySequences.application(bytes[start + 2]) { events.append(.key(press)) }
            return 3
        case 0x1b:
            // Two ESCs: the first stands alone.
            events.append(.key(KeyPress(.escape)))
            return 1
        case let byte:
            guard byte < 0x80, var press = Self.plain(byte) else {
                events.append(.key(KeyPress(.escape)))
                return 1
            }
            press.modifiers.insert(.alt)
            events.append(.key(press))
            return 2
        }
    }

    // MARK: Strings

    /// Whether ESC and this byte begin a string that ends with ST: DCS, SOS, PM or APC, answers that others asked for.
    private static func beginsString(_ byte: UInt8) -> Bool {
        [UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_")].contains(byte)
    }

    /// Skips a string's bytes and returns how many; nil to wait for more.
    ///
    /// A control byte is no part of a string: it is read as itself, so that no lost end makes the keys dead.
    private mutating func skip(_ bytes: ArraySlice<UInt8>) -> Int? {
        let used = bytes.firstIndex { $0 < 0x20 }.map { $0 - bytes.startIndex } ?? bytes.count
        let total = (skipped ?? 0) + used
        guard used < bytes.count else {
            skipped = total > Self.maxSkippedBytes ? nil : total
            return used
        }
        let end = bytes[bytes.startIndex + used]
        if end == 0x1b {
            guard used + 1 < bytes.count else {
                skipped = total
                return used > 0 ? used : nil
            }
            skipped = nil
            return bytes[bytes.startIndex + used + 1] == UInt8(ascii: "\\") ? used + 2 : used
        }
        skipped = nil
        return end == 0x07 ? used + 1 : used
    }

    private mutating func takeControlSequence(
        _ bytes: ArraySlice<UInt8>, into events: inout [InputEvent]
    ) -> Int? {
        let body = bytes.dropFirst(2)
        // The linux console sends ESC [ [ A for F1.
        if body.first == UInt8(ascii: "[") {
            guard body.count > 1 else { return nil }
            let letter = Int(body[body.startIndex + 1]) - 0x40
            if (1...5).contains(letter) { events.append(.key(KeyPress(.function(letter)))) }
            return 4
        }
        guard
            let end = body.firstIndex(where: {
                $0 >= 0x40 && $0 <= 0x7e || $0 < 0x20 || $0 == UInt8(ascii: "$")
            })
        else {
            return bytes.count > Self.maxSequenceBytes ? bytes.count : nil
        }
        let final = body[end]
        // A control byte inside breaks the sequence off; it is read again as itself.
        if final < 0x20 { return end - bytes.startIndex }
        let length = end - bytes.startIndex + 1
        let parameters = body[body.startIndex..<end]
        if final == UInt8(ascii: "M"), parameters.isEmpty {
            return takeOldMouse(bytes, into: &events)
        }
        if parameters.first == UInt8(ascii: "<") {
            if let mouse = KeySequences.mouse(parameters.dropFirst(), pressed: final == UInt8(ascii: "M")) {
                events.append(.mouse(mouse))
            }
            return length
        }
        // Answers to questions; all others were asked by nobody here.
        if let mark = parameters.first, (0x3c...0x3f).contains(mark) {
            if mark == UInt8(ascii: "?"), final == UInt8(ascii: "c") { answers.attributes += 1 }
            return length
        }
        // A key that is let go (kitty's event type 3).
        if parameters.suffix(2).elementsEqual(":3".utf8) { return length }
        let numbers = KeySequences.numbers(parameters)
        switch (final, numbers.first ?? nil) {
        case (UInt8(ascii: "I"), _): events.append(.focus(true))
        case (UInt8(ascii: "O"), _): events.append(.focus(false))
        case (UInt8(ascii: "n"), 0), (UInt8(ascii: "n"), 3): answers.ready += 1
        case (UInt8(ascii: "~"), 200): pasted = []
        default:
            if let press = KeySequences.control(final: final, numbers: numbers) { events.append(.key(press)) }
        }
        return length
    }

    /// `ESC ] … ST` or BEL: an answer; the only one that was asked for is the background's color.
    private mutating func takeCommand(_ bytes: ArraySlice<UInt8>, into events: inout [InputEvent]) -> Int? {
        guard bytes.count > 2 else { return nil }
        let body = bytes.dropFirst(2)
        guard let end = body.firstIndex(where: { $0 < 0x20 }) else {
            guard bytes.count > Self.maxSequenceBytes else { return nil }
            skipped = 0
            return bytes.count
        }
        let length = end - bytes.startIndex
        switch body[end] {
        case 0x07: break
        case 0x1b:
            guard end + 1 < body.endIndex else { return nil }
            // Anything else begins a sequence of its own.
            guard body[end + 1] == UInt8(ascii: "\\") else { return length }
        default: return length
        }
        if let color = KeySequences.background(body[..<end]) {
            answers.background = true
            events.append(.background(color))
        }
        return length + (body[end] == 0x07 ? 1 : 2)
    }

    /// `ESC [ M` and three bytes: terminals that don't know SGR reports.
    private func takeOldMouse(_ bytes: ArraySlice<UInt8>, into events: inout [InputEvent]) -> Int? {
        guard bytes.count >= 6 else { return nil }
        let report = bytes.dropFirst(3).prefix(3).map { Int($0) - 32 }
        if report[1] >= 1, report[2] >= 1 {
            let released = report[0] & 3 == 3 && report[0] & (32 | 64) == 0
            let mouse = KeySequences.mouse(
                code: report[0], column: report[1] - 1, row: report[2] - 1, pressed: !released)
            if let mouse { events.append(.mouse(mouse)) }
        }
        return 6
    }

    // MARK: Paste

    /// Collects pasted bytes from `at` on and returns where reading goes on.
    private mutating func takePaste(from at: Int, into events: inout [InputEvent]) -> Int {
        let rest = buffer[at...]
        var end = rest.startIndex
        while end < rest.endIndex {
            if rest[end] == 0x1b, rest[end...].starts(with: Self.pasteEnd) { break }
            // What could be the beginning of the end waits for more.
            if rest[end] == 0x1b, Self.pasteEnd.starts(with: rest[end...]) {
                keepPasted(rest[..<end])
                return end
            }
            end += 1
        }
        keepPasted(rest[..<end])
        guard end < rest.endIndex else { return end }
        events.append(.paste(String(decoding: pasted ?? [], as: UTF8.self)))
        pasted = nil
        return end + Self.pasteEnd.count
    }

    private mutating func keepPasted(_ bytes: ArraySlice<UInt8>) {
        let room = Self.maxPasteBytes - (pasted?.count ?? 0)
        pasted?.append(contentsOf: bytes.prefix(max(room, 0)))
    }
}
