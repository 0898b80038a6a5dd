import Crypto
import Testing

@Suite struct Base64Tests {
    @Test(
        "the vectors of RFC 4648 §10 go both ways",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func vectors(plain: String, text: String) {
        let bytes = Array(plain.utf8)
        #expect(Base64.encode(bytes) == text)
        #expect(Base64.decode(text) == bytes)
        let unpadded = text.filter { $0 != "=" }
        #expect(Base64URL.encode(bytes) == unpadded)
        #expect(Base64URL.decode(unpadded) == bytes)
    }

    @Test("the last two digits differ between the alphabets, and neither takes the other's")
    func alphabets() {
        let bytes: [UInt8] = [0xfb, 0xff, 0xfe]
        #expect(Base64.encode(bytes) == "+//+")
        #expect(Base64URL.encode(bytes) == "-__-")
        #expect(Base64.decode("-__-") == nil)
        #expect(Base64URL.decode("+//+") == nil)
    }

    @Test("every byte string of up to 66 bytes comes back", arguments: 0...66)
    func roundTrip(count: Int) {
        let bytes = (0..<count).map { UInt8(($0 * 151 + count * 7) & 255) }
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    }

    @Test(
        "a text that another encoder would never write is refused",
        arguments: [
            "Zg", "Zg=", "Zg===", "=", "==", "====", "Z===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm9v====",
            "Zg==Zg==", "Zm 9v", "Zm9vé", "Zm9\0",
        ])
    func malformed(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(
        "the URL form takes no padding, no lone digit and no leftover bits",
        arguments: ["Zg==", "Z", "Zh", "Zm9vY", "Zm9vYh", "Zm9v=", "Zm9\n"])
    func malformedForURLs(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
