import Protocol

/// Messages drawn from a seed, all of which both codecs can carry.
struct Samples {
    private var generator: SeededGenerator

    /// The usual canvas.
    static var thousand: CanvasSize {
        guard let size = CanvasSize(width: 1000, height: 1000) else { preconditionFailure("a good size") }
        return size
    }

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func flip() -> Bool { Bool.random(using: &generator) }

    /// Small numbers, numbers of any size, and the ends of the range.
    mutating func anyInt() -> Int {
        switch int(0...3) {
        case 0: int(-200...200)
        case 1: int(.min ... .max)
        case 2: 1 << int(0...62)
        default: [Int.min, .max, 0, -1, 127, 128][int(0...5)]
        }
    }

    mutating func count() -> Int { int(0...(1 << int(0...62))) }

    mutating func identifier() -> Identifier { Identifier(rawValue: generator.next()) }

    mutating func text(max: Int = 40) -> String {
        let alphabet = Array("aZ09 \"\\/\u{1}\n\t\u{7f}é漢字🙂\u{301}\u{202e}\u{0}{}[],:")
        var text = ""
        for _ in 0..<int(0...max) { text.append(alphabet[int(0...(alphabet.count - 1))]) }
        return text
    }

    mutating func name() -> String? { [nil, "Ada", "Zoë 漢字", "a"][int(0...3)] }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(int(0...255)) } }

    mutating func account() -> AccountName { AccountName(id: identifier(), name: text()) }

    mutating func size() -> CanvasSize {
        CanvasSize(width: int(1...4096), height: int(1...4096)) ?? Self.thousand
    }

    mutating func palette() -> Palette {
        let colors = (0..<int(2...256)).map { _ in
            Palette.Color(red: UInt8(int(0...255)), green: UInt8(int(0...255)), blue: UInt8(int(0...255)))
        }
        return Palette(colors: colors) ?? .standard
    }

    mutating func head() -> CanvasHead {
        CanvasHead(size: size(), epoch: anyInt(), version: Version(count()), palette: palette())
    }

    /// Distinct random cells in rising order.
    mutating func rising(count: Int, size: CanvasSize, colors: Int) -> [Pixel] {
        var cells = Set<Int>()
        while cells.count < min(count, size.cellCount) { cells.insert(int(0...(size.cellCount - 1))) }
        return cells.sorted().map {
            Pixel(x: $0 % size.width, y: $0 / size.width, color: UInt8(int(0...(colors - 1))))
        }
    }

    mutating func run() -> PixelRun {
        let size = size()
        let pixels = rising(count: [0, 1, 2, int(3...60)][int(0...3)], size: size, colors: int(1...256))
        let from = int(0...(1 << int(0...40)))
        return PixelRun(
            from: Version(from), to: Version(from + pixels.count + int(0...3)), epoch: anyInt(),
            pixels: pixels)
    }

    mutating func status() -> PlayerStatus {
        switch int(0...2) {
        case 0: .afk
        case 1: .queued(position: anyInt(), sinceMs: Int64(anyInt()))
        default: .playing(idleDeadlineMs: flip() ? Int64(anyInt()) : nil)
        }
    }

    mutating func failure() -> Failure {
        Failure(
            ErrorCode.allCases[int(0...(ErrorCode.allCases.count - 1))], text(),
            retryAfterMs: flip() ? int(0...Limits.maxRetryAfterMs) : nil)
    }

    mutating func server() -> ServerEnvelope {
        let message: ServerMessage
        switch int(0...12) {
        case 0:
            message = .welcome(
                Welcome(
                    account: account(), sessionID: identifier(), status: StatusWord.allCases[int(0...4)],
                    canvas: head(), serverTimeMs: Int64(anyInt()), heartbeatMs: anyInt(),
                    clickPushRateSeconds: anyInt()))
        case 1: message = .status(status())
        case 2: message = .pixels(run())
        case 3: message = .placed(version: Version(count()), epoch: anyInt())
        case 4:
            let size = size()
            message = .canvasReset(
                epoch: anyInt(), version: Version(count()), width: size.width, height: size.height)
        case 5: message = .heartbeat(serverTimeMs: Int64(anyInt()))
        case 6: message = .ok
        case 7: message = .error(failure())
        case 8, 9: message = arcadeServer()
        case 12: message = .announcement(message: text(), atMs: Int64(anyInt()))
        default: message = gameServer()
        }
        return ServerEnvelope(replyTo: flip() ? anyInt() : nil, message)
    }

    mutating func client() -> ClientEnvelope {
        let message: ClientMessage
        switch int(0...9) {
        case 0: message = .play
        case 1: message = .leave
        case 2: message = .heartbeat
        case 3: message = .authenticate(token: text())
        case 4: message = .place(Pixel(x: anyInt(), y: anyInt(), color: UInt8(int(0...255))))
        case 5: message = .undo
        case 6, 7: message = arcadeClient()
        default: message = gameClient()
        }
        return ClientEnvelope(id: flip() ? anyInt() : nil, message)
    }

    mutating func route() -> Route {
        switch int(0...50) {
        case 0: .signInAsGuest(name: name())
        case 1: .requestChallenge(publicKey: bytes(32))
        case 2:
            .signInWithDevice(
                DeviceSignIn(
                    publicKey: bytes(32), challenge: bytes(int(0...40)), signature: bytes(64), name: name()))
        case 3: .refresh(token: text())
        case 4: .me
        case 5: .canvas
        case 6:
            flip()
                ? .snapshot(ifNoneMatch: flip() ? "\"1-2\"" : nil)
                : .touched(ifNoneMatch: flip() ? "\"1-2\"" : nil)
        case 7:
            if flip() {
                .changes(from: Version(int(0...1000)), to: Version(int(1000...2000)), epoch: anyInt())
            } else {
                .changes(from: Version(count()), to: nil, epoch: nil)
            }
        case 8: .placePixel(Pixel(x: anyInt(), y: anyInt(), color: UInt8(int(0...255))))
        case 9: .undoPixel
        case 10: .pixel(x: anyInt(), y: anyInt())
        case 11: .lastPixel(account: identifier())
        case 12: .canvasPNG
        case 13: .health
        case 14: .readiness
        case 15: .openAPI
        case 16: .logout
        case 17: .rename(name: name() ?? "Ada")
        case 18: .deleteAccount
        case 19: .metrics
        case 20: .webSocket(play: flip(), relay: nil)
        case 49:
            .history(
                flip() ? .at(.version(Version(count()))) : .at(.time(ms: Int64(int(0...4_000_000_000_000)))))
        case 50:
            .history(
                flip()
                    ? .overview : .changes(after: Version(count()), limit: int(1...Limits.maxHistoryChanges)))
        case 21...28: serviceRoute()
        case 41...45: authRoute()
        case 46, 47: viewRoute()
        case 48: .figures
        default: gameRoute()
        }
    }
}
