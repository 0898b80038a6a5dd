import Foundation
import Protocol
import Testing

@testable import Telegram

@Suite("A call to Telegram")
struct BotRequestTests {
    private func json(_ request: BotRequest) -> String {
        let (type, bytes) = request.body(FormBoundary(1, 2))
        #expect(type == "application/json" && !request.hasFile)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("is JSON in Telegram's words")
    func bodies() {
        #expect(json(.getMe) == "{}")
        #expect(
            json(.getUpdates(offset: 7, limit: 50, holdSeconds: 50))
                == #"{"allowed_updates":["message","callback_query"],"limit":50,"offset":7,"timeout":50}"#)
        #expect(
            json(.getUpdates(offset: nil, limit: 1, holdSeconds: 5))
                == #"{"allowed_updates":["message","callback_query"],"limit":1,"timeout":5}"#)
        #expect(
            json(.sendMessage(chat: -5, text: "a \"b\"\n*c* <d>"))
                == #"{"chat_id":-5,"link_preview_options":{"is_disabled":true},"text":"a \"b\"\n*c* <d>"}"#)
        #expect(
            json(.sendMessage(chat: 5, text: "?", question: 9))
                == #"{"chat_id":5,"link_preview_options":{"is_disabled":true},"reply_markup":{"inline_keyboard":"#
                + #"[[{"callback_data":"yes:9","text":"Yes, do it"},{"callback_data":"no:9","text":"Cancel"}]]},"text":"?"}"#
        )
        #expect(
            json(.editMessage(chat: 5, message: 6, text: "x"))
                == #"{"chat_id":5,"link_preview_options":{"is_disabled":true},"message_id":6,"text":"x"}"#)
        #expect(json(.answerPress(id: "q", text: nil)) == #"{"callback_query_id":"q"}"#)
        #expect(json(.answerPress(id: "q", text: "no")) == #"{"callback_query_id":"q","text":"no"}"#)
        let menu = json(.setMyCommands)
        #expect(menu.contains(#"{"command":"newgame","description":"WxH: begin a canvas of another size"}"#))
        #expect(!menu.contains("start"))
    }

    @Test("has commands that Telegram takes into its menu")
    func menu() {
        for (word, help) in ChatCommand.menu {
            #expect((1...32).contains(word.count) && word.allSatisfy { ("a"..."z").contains($0) })
            #expect((1...256).contains(help.count))
        }
    }

    @Test("carries a picture as a form, whose boundary is of fresh bits")
    func form() {
        let png: [UInt8] = [0x89, 0, 13, 10, 255]
        for (request, field) in [
            (BotRequest.sendPhoto(chat: 5, png: png, caption: "3×4"), "photo"),
            (.sendFile(chat: 5, png: png, caption: "3×4"), "document"),
        ] {
            let (type, body) = request.body(FormBoundary(0xA, .max))
            let boundary = "pixelwars-000000000000000affffffffffffffff"
            #expect(type == "multipart/form-data; boundary=\(boundary)" && request.hasFile)
            let expected =
                Array(
                    ("--\(boundary)\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n5\r\n"
                        + "--\(boundary)\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\n3×4\r\n"
                        + "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"; "
                        + "filename=\"canvas.png\"\r\nContent-Type: image/png\r\n\r\n").utf8)
                + png + Array("\r\n--\(boundary)--\r\n".utf8)
            #expect(body == expected)
        }
        #expect(FormBoundary(1, 2) != FormBoundary(1, 3))
    }

    @Test("is waited for longer than Telegram holds it")
    func timeouts() {
        #expect(BotRequest.getUpdates(offset: nil, limit: 1, holdSeconds: 50).timeoutMs == 60_000)
        #expect(BotRequest.getUpdates(offset: nil, limit: 1, holdSeconds: 1).timeoutMs == 3_000)
        #expect(BotRequest.sendPhoto(chat: 1, png: [], caption: "").timeoutMs > BotRequest.getMe.timeoutMs)
    }
}

@Suite("A bot's token")
struct BotTokenTests {
    private let text = "123456789:AAE-abc_DEF0123456789abcdefghijklmn"

    @Test("is read with white space around it, and stands in the path of calls alone")
    func reads() throws {
        let token = try #require(BotToken(" \(text)\n"))
        #expect(token.bot == 123_456_789)
        #expect(token.target(of: "getMe") == "/bot\(text)/getMe")
        #expect("\(token)" == "the token of bot 123456789")
        #expect(String(reflecting: token) == "the token of bot 123456789")
        var dumped = ""
        dump(token.description, to: &dumped)
        #expect(!dumped.contains("AAE"))
    }

    @Test("is hidden wherever it is repeated")
    func hides() throws {
        let token = try #require(BotToken(text))
        #expect(token.hidden(in: "a /bot\(text)/x \(text)") == "a /bot123456789:…/x 123456789:…")
        #expect(token.hidden(in: "nothing") == "nothing")
    }

    @Test(
        "that can't be one is refused",
        arguments: [
            "", "123456789", ":AAEabcDEF0123456789abcdefghijklmn", "123456789:short",
            "x123:AAEabcDEF0123456789abcdefghijklmn",
            "123456789:AAEabcDEF0123456789/../../getMe?aaaa", "1:2:AAEabcDEF0123456789abcdefghijklmn",
            "123456789:AAEabcDEF0123456789 abcdefghijklmn", "0:AAEabcDEF0123456789abcdefghijklmn",
            "123456789:AAEabcDEF0123456789abcdefghi\r\nHost: x",
        ])
    func refuses(text: String) {
        #expect(BotToken(text) == nil)
    }
}

@Suite("An answer of Telegram's")
struct BotReplyTests {
    private func failure(_ reply: BotReply) -> BotFailure? {
        do throws(BotFailure) {
            try reply.check()
            return nil
        } catch {
            return error
        }
    }

    private func reply(_ status: Int, _ body: String) -> BotReply {
        .http(status: status, body: Array(body.utf8))
    }

    @Test("tells how to go on after each failure")
    func failures() {
        #expect(failure(reply(200, #"{"ok":true,"result":true}"#)) == nil)
        #expect(
            failure(
                reply(
                    429, #"{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":12}}"#))
                == .tooFast(retryMs: 12_000))
        #expect(failure(reply(429, "slow down")) == .tooFast(retryMs: 1_000))
        #expect(
            failure(
                reply(429, #"{"ok":false,"error_code":429,"parameters":{"retry_after":9223372036854775807}}"#)
            )
                == .tooFast(retryMs: (1 << 32) * 1000))
        #expect(
            failure(reply(401, #"{"ok":false,"error_code":401,"description":"Unauthorized"}"#)) == .badToken)
        #expect(failure(reply(404, #"{"ok":false,"error_code":404,"description":"Not Found"}"#)) == .badToken)
        #expect(failure(reply(404, "<html>")) == .broken("HTTP 404"))
        #expect(
            failure(reply(409, #"{"ok":false,"error_code":409,"description":"Conflict: y"}"#))
                == .conflict("Conflict: y"))
        #expect(
            failure(reply(403, #"{"ok":false,"error_code":403,"description":"blocked"}"#))
                == .refused(code: 403, "blocked"))
        #expect(failure(reply(413, "too large")) == .broken("HTTP 413"))
        #expect(failure(reply(502, "<html>")) == .broken("HTTP 502"))
        #expect(failure(reply(200, "")) == .broken("an answer that can't be read"))
        #expect(failure(reply(200, #"{"ok":false}"#)) == .broken("an answer that can't be read"))
        #expect(failure(.none(.unreachable, "refused")) == .unreachable("refused"))
        #expect(failure(.none(.tooLarge, "")) == .tooLarge)
    }

    @Test("gives updates in whatever form they are, and loses none whose number can be read")
    func updates() throws {
        let body = """
            {"ok":true,"result":[
            {"update_id":1,"message":{"message_id":5,"date":99,"text":"hi","chat":{"id":7,"type":"private","x":1.5},
            "from":{"id":7,"is_bot":false,"first_name":"A"},"entities":[]}},
            {"update_id":2,"callback_query":{"id":"q","from":{"id":8,"is_bot":true},"data":"yes:1",
            "message":{"message_id":6,"chat":{"id":-9,"type":"group"},"date":0}}},
            {"update_id":3,"callback_query":{"id":"q","from":{"id":8},"data":"yes:1","inline_message_id":"z"}},
            {"update_id":4,"message":{"message_id":5,"date":99,"chat":{"id":7,"type":"private"},"sticker":{}}},
            {"update_id":5,"message":"what"},{"update_id":6}]}
            """
        let found = try reply(200, body).updates()
        #expect(
            found == [
                Update(
                    id: 1,
                    .message(
                        Message(
                            id: 5, chat: Chat(id: 7, isPrivate: true), from: Person(id: 7), text: "hi",
                            atSeconds: 99))),
                Update(
                    id: 2,
                    .press(
                        ButtonPress(
                            id: "q", from: Person(id: 8, isBot: true),
                            place: ButtonPress.Place(chat: Chat(id: -9, isPrivate: false), message: 6),
                            data: "yes:1"))),
                Update(id: 3, .press(ButtonPress(id: "q", from: Person(id: 8), place: nil, data: "yes:1"))),
                Update(id: 4, .other), Update(id: 5, .other), Update(id: 6, .other),
            ])
        #expect(throws: BotFailure.self) { try reply(200, #"{"ok":true,"result":[{"update":1}]}"#).updates() }
    }

    @Test(
        "takes nobody's words for somebody else's",
        arguments: [
            #""forward_origin":{"type":"user","date":9}"#, #""forward_date":9"#, #""via_bot":{"id":3}"#,
        ])
    func forwarded(mark: String) throws {
        let body = """
            {"ok":true,"result":[{"update_id":1,"message":{"message_id":5,"date":99,"text":"/ban Ada x",
            "chat":{"id":7,"type":"private"},"from":{"id":7},\(mark)}}]}
            """
        #expect(try reply(200, body).updates() == [Update(id: 1, .other)])
    }
}
