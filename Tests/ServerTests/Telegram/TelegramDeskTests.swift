import Engine
import Glibc
import Protocol
import Telegram
import Testing
import Transport

@testable import Server

@Suite("A bot's calls over HTTP", .serialized)
struct TelegramDeskTests {
    private static let patienceMs = 60_000

    private let scratch: ScratchDirectory
    private let loop: EventLoop

    init() throws {
        scratch = try ScratchDirectory()
        loop = try EventLoop()
    }

    /// A picture's head, of 3 by 4 pixels, and much behind it.
    private let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [
            0, 0, 0, 3, 0, 0, 0, 4,
        ]
        + (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 3) }

    private func settings(api port: Int) throws -> TelegramDesk.Settings {
        let file = try scratch.write("token", Array("4711:AAE-abc_DEF0123456789abcdefghijklmn".utf8))
        chmod(file, 0o600)
        var settings = ServerConfiguration.TelegramBot()
        settings.tokenFile = file
        settings.users = [5]
        settings.api = "http://127.0.0.1:\(port)"
        return try #require(try TelegramDesk.Settings(settings))
    }

    @Test("carry a picture in a form that is laid out once, away from the loop, however often it is sent")
    func picture() throws {
        var forms: [HTTPRequest] = []
        var isAsked = false
        var limits = ListenerLimits()
        limits.maxBodyBytes = 1 << 20
        // The telegram API's part: one order, and a picture that is taken at the second try.
        var held: [HTTPExchange] = []
        let listener = try HTTPListener(loop: loop, host: "127.0.0.1", port: 0, limits: limits) { exchange in
            var body = #"{"ok":true,"result":true}"#
            var status = 200
            switch exchange.request.path.split(separator: "/").last {
            case "getMe": body = #"{"ok":true,"result":{"id":4711,"is_bot":true,"username":"pixel_bot"}}"#
            case "getUpdates":
                guard !isAsked else { return held.append(exchange) }
                isAsked = true
                body =
                    #"{"ok":true,"result":[{"update_id":8,"message":{"message_id":1,"date":\#(WallClock.nowMs / 1000),"#
                    + #""text":"/snapshot","chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":false}}}]}"#
            case "sendPhoto":
                forms.append(exchange.request)
                if forms.count == 1 { (status, body) = (502, "<html>") }
            default: break
            }
            exchange.respond(
                HTTPResponse(
                    status: status, headers: ["Content-Type": "application/json"], body: Array(body.utf8)))
        }
        let hosts = HostDesk()
        var desk: TelegramDesk?
        var isDelivered = false
        desk = try TelegramDesk(
            loop: loop, offLoop: OffLoop(outcomes: loop.makeMailbox { (_: Input) in }),
            settings: settings(api: listener.port),
            memory: BotMemory(offset: TelegramOffset(bot: 4711, update: 7, atMs: WallClock.nowMs)),
            hosts: hosts,
            log: Log(level: .error, format: .text), meters: Meters()
        ) { [png] input in
            switch input {
            case .telegram(.heard(let update)):
                loop.atEndOfIteration {
                    desk?.take(.heard(update: update.number))
                    if let order = update.order { hosts.answer(order.call, .picture(png)) }
                }
            case .telegram(.answered): isDelivered = true
            default: Issue.record("the desk said \(input)")
            }
        }
        desk?.start()
        #expect(loop.run(until: { isDelivered }, timeoutMs: Self.patienceMs))
        #expect(forms.count == 2)
        // The boundary is of fresh bits, so that a second form would be another one.
        #expect(forms.first?.headers["Content-Type"] == forms.last?.headers["Content-Type"])
        #expect(forms.first?.body == forms.last?.body)
        #expect((forms.first?.body.count ?? 0) > png.count)
        desk?.stop()
        desk?.close()
        listener.closeAll()
    }
}
