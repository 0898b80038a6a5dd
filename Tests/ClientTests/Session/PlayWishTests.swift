import Protocol
import Testing

@testable import Client

extension PlayWish {
    /// A handshake that asks to play or doesn't, and the welcome behind it.
    fileprivate mutating func connect(asking: Bool, welcome: StatusWord) -> Word? {
        let asks = beginHandshake()
        #expect(asks == asking)
        return welcomed(as: welcome)
    }
}

@Suite("A wish to play")
struct PlayWishTests {
    private static let queued = PlayerStatus.queued(position: 3, sinceMs: 0)
    private static let playing = PlayerStatus.playing(idleDeadlineMs: nil)

    @Test(
        "is asked again with each handshake until a state answers it", arguments: [Self.queued, Self.playing])
    func answered(status: PlayerStatus) {
        var wish = PlayWish(.play)
        for _ in 0..<2 {
            let word = wish.connect(asking: true, welcome: .afk)
            #expect(word == nil && wish.isForPlay)
        }
        wish.told(status, replyTo: nil)
        #expect(!wish.isForPlay)
        let word = wish.connect(asking: false, welcome: .afk)
        #expect(word == nil)
    }

    @Test("is fulfilled by a welcome that shows it", arguments: [StatusWord.queued, .playing])
    func welcomed(status: StatusWord) {
        var wish = PlayWish(.play)
        let word = wish.connect(asking: true, welcome: status)
        #expect(word == nil && !wish.isForPlay)
    }

    @Test("that came too late for the handshake is said by a message")
    func tooLate() {
        var wish = PlayWish(nil)
        let asks = wish.beginHandshake()
        wish.ask(.play)
        let word = wish.welcomed(as: .afk)
        #expect(!asks && word == .play)
        wish.sent(4)
        wish.refused(Failure(.queueFull, "full"), replyTo: 3)
        #expect(wish.isForPlay)
        wish.refused(Failure(.queueFull, "full"), replyTo: 4)
        #expect(!wish.isForPlay)
    }

    @Test(
        "in a handshake is refused by what refuses play, and by nothing else",
        arguments: [(ErrorCode.queueFull, false), (.signInRequired, false), (.rateLimited, true)])
    func refusedInHandshake(code: ErrorCode, isKept: Bool) {
        var wish = PlayWish(.play)
        _ = wish.connect(asking: true, welcome: .afk)
        wish.refused(Failure(code, "no"), replyTo: nil)
        #expect(wish.isForPlay == isKept)
    }

    @Test("ends with the news that nobody plays, unless a message is still on its way")
    func afk() {
        var wish = PlayWish(.play)
        _ = wish.connect(asking: true, welcome: .afk)
        wish.told(.afk, replyTo: nil)
        #expect(!wish.isForPlay)
        wish.ask(.play)
        wish.sent(9)
        wish.told(.afk, replyTo: nil)
        #expect(wish.isForPlay)
        _ = wish.connect(asking: true, welcome: .afk)
    }

    @Test("to leave is said on return, where there is something to leave")
    func leave() {
        var wish = PlayWish(nil)
        wish.ask(.leave)
        wish.sent(nil)
        let word = wish.connect(asking: false, welcome: .playing)
        #expect(word == .leave)
        wish.told(Self.playing, replyTo: nil)
        #expect(wish.word == .leave)
        wish.told(.afk, replyTo: 2)
        #expect(wish.word == nil)
        wish.ask(.leave)
        let needless = wish.connect(asking: false, welcome: .afk)
        #expect(needless == nil && wish.word == nil)
    }

    @Test("that was taken back while the handshake asked is left again")
    func takenBack() {
        var wish = PlayWish(.play)
        let asks = wish.beginHandshake()
        wish.ask(.leave)
        let word = wish.welcomed(as: .afk)
        #expect(asks && word == .leave)
    }
}
