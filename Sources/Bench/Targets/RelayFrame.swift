import Protocol

/// What a frame means to a member of a relay's room, told by as few of its bytes as will do.
enum RelayFrame: Hashable {
    /// The present state, first on joining.
    case state
    /// Someone's answer was judged.
    case verdict(account: Identifier, puzzle: Identifier)
    /// A puzzle for someone; ours comes with what it is about.
    case assigned(account: Identifier, PuzzleView)
    /// Everyone lost points for an interval.
    case decay(leftMs: Int)
    /// Another event that the whole room hears.
    case other

    /// A message of a game that answers nothing (docs/protocol.md), its JSON form behind it.
    private static let gameKind: UInt8 = 9

    /// Reads the payload of a binary frame; nil for one that is no event of a relay.
    init?(_ payload: UnsafeRawBufferPointer) {
        guard payload.first == Self.gameKind else { return nil }
        let text = UnsafeRawBufferPointer(rebasing: payload.dropFirst())
        func begins(_ type: StaticString) -> Bool {
            text.count > type.utf8CodeUnitCount
                && text.starts(
                    with: UnsafeBufferPointer(start: type.utf8Start, count: type.utf8CodeUnitCount))
        }
        if begins(#"{"type":"points_changed""#) {
            let reason = text.dropFirst(Self.pointsReasonStart)
            self = reason.starts(with: #""decay""#.utf8) ? .decay(leftMs: Self.lastNumber(text)) : .other
        } else if begins(#"{"type":"puzzle_solved""#) || begins(#"{"type":"puzzle_failed""#)
            || begins(#"{"type":"puzzle_assigned""#)
        {
            guard let event = Self.event(text) else { return nil }
            switch event.kind {
            case .solved(let account, let puzzle, _, _), .failed(let account, let puzzle, _):
                self = .verdict(account: account.id, puzzle: puzzle)
            case .assigned(let account, let puzzle): self = .assigned(account: account.id, puzzle)
            case .state, .started, .pointsChanged, .eliminated, .teamStatus, .ended: return nil
            }
        } else if begins(#"{"type":"relay_state""#) {
            self = .state
        } else if begins(#"{"type":"click_totals""#) {
            return nil
        } else {
            self = .other
        }
    }

    /// The hash of what everyone in the room should hear alike: the frame, less a puzzle's data.
    func publicHash(of payload: UnsafeRawBufferPointer) -> UInt64 {
        var hash = RunningHash()
        guard case .assigned(_, let puzzle) = self, puzzle.data != nil,
            var event = Self.event(UnsafeRawBufferPointer(rebasing: payload.dropFirst())),
            case .assigned(let account, let puzzle) = event.kind
        else {
            hash.update(payload)
            return hash.value
        }
        event.kind = .assigned(to: account, puzzle.withoutData)
        MessageCodec.binary.encode(ServerEnvelope(.relay(event))).withUnsafeBytes { hash.update($0) }
        return hash.value
    }

    private static let pointsReasonStart =
        #"{"type":"points_changed","relay_id":"0000000000000","reason":"#.utf8.count

    private static func event(_ text: UnsafeRawBufferPointer) -> RelayEvent? {
        guard let envelope = try? MessageCodec.json.decodeServer(Array(text)),
            case .relay(let event) = envelope.message
        else { return nil }
        return event
    }

    /// The number before the closing brace, which is `left_ms`.
    private static func lastNumber(_ text: UnsafeRawBufferPointer) -> Int {
        var value = 0
        var scale = 1
        for byte in text.dropLast().reversed() {
            guard byte >= 48, byte <= 57, scale < 1_000_000_000 else { break }
            value += Int(byte - 48) * scale
            scale *= 10
        }
        return value
    }
}
