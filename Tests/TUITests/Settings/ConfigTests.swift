import Testing

@testable import TUI

@Suite struct ConfigTests {
    private static func config(_ text: String) throws(ConfigFault) -> Config {
        var config = Config()
        try config.take(try ConfigParser.parse(Array(text.utf8)))
        return config
    }

    @Test("a file that says everything is taken, and printed as it was")
    func whole() throws {
        let text = """
            {
                "url": "https://example.org",
                "profile": "second",
                "page": "arcade",
                "color": "256",
                "theme": "light",
                "charset": "ascii",
                "overview": "braille",
                "easing": "stepped",
                "reduced_motion": true,
                "alert": "desktop",
                "mouse": false,
                "touch": "on",
                "minimap": false,
                "flat": true,
                "keys": {
                    "*": {
                        "quit": ["Q"]
                    },
                    "canvas": {
                        "undo": ["u", "Ctrl-z"],
                        "center": []
                    }
                }
            }
            """
        let config = try Self.config(text)
        #expect(config.url == "https://example.org")
        #expect(config.page == .arcade)
        #expect(config.settings.color == .ansi256)
        #expect(config.settings.theme == .light)
        #expect(config.settings.isMotionReduced && config.settings.isFlat)
        #expect(!config.settings.takesMouse && !config.settings.showsMinimap)
        #expect(config.node.json == text)
    }

    @Test("every key has a standard value that the file may say")
    func standards() throws {
        let printed = Config().node.json
        let config = try Self.config(printed)
        #expect(config.node.json == printed)
        #expect(config.settings == Settings())
        for key in ConfigKey.all { #expect(printed.contains("\"\(key.name)\": "), "\(key.name)") }
    }

    @Test(
        "a wrong value names its key, its line and what is expected",
        arguments: [
            (#"{"theme": "blue"}"#, #""theme" takes auto, dark, light or contrast, not "blue""#),
            (#"{"mouse": "yes"}"#, #""mouse" takes true or false, not "yes""#),
            (#"{"url": "ftp://a"}"#, #""url" takes a server's URL, such as http://HOST:PORT, not "ftp://a""#),
            (#"{"page": "ad"}"#, #""page" takes home, canvas, clicks"#),
            (#"{"profile": ".x"}"#, #""profile" takes 1 to 64 letters"#),
            (#"{"color": 256}"#, #""color" takes auto, truecolor, 256, 16 or mono, not 256"#),
            (#"{"colour": "256"}"#, #"there is no "colour"; there are url, profile"#),
            (#"{"keys": []}"#, #""keys" takes an object such as"#),
            (#"{"keys": {"canvas": 3}}"#, #""canvas" takes actions"#),
            (#"{"keys": {"canvas": {"undo": "u"}}}"#, #""undo" takes a list of keys"#),
            (#"{"keys": {"canvas": {"undo": ["Hyper-u"]}}}"#, #""Hyper-u" is no key"#),
            ("[]", "an object is expected"),
        ])
    func wrong(text: String, words: String) {
        let fault = #expect(throws: ConfigFault.self) { try Self.config(text) }
        #expect(fault?.words.hasPrefix(words) == true, "\(fault?.words ?? "")")
        #expect(fault?.line == 1)
    }

    @Test("a fault deep in the keys names its own line")
    func deepLine() {
        let text = "{\n\"keys\": {\n\"canvas\": {\n\"undo\": [\"u\"],\n\"place\": [7]\n}}}"
        let fault = #expect(throws: ConfigFault.self) { try Self.config(text) }
        #expect(fault?.line == 5)
    }

    @Test("a variable beats the file, says yes and no in the usual words, and counts as unset when empty")
    func variables() throws {
        var config = try Self.config(#"{"theme": "dark", "mouse": true, "alert": "none"}"#)
        let variables = [
            "PIXELWARS_THEME": "light", "PIXELWARS_MOUSE": "off", "PIXELWARS_REDUCED_MOTION": "1",
            "PIXELWARS_ALERT": "", "PIXELWARS_KEYS": "nonsense",
        ]
        #expect(config.take { variables[$0] } == nil)
        #expect(config.settings.theme == .light)
        #expect(!config.settings.takesMouse)
        #expect(config.settings.isMotionReduced)
        #expect(config.settings.alert == .none)
        for (name, text) in [("PIXELWARS_EASING", "slow"), ("PIXELWARS_FLAT", "2"), ("PIXELWARS_URL", "x")] {
            let problem = config.take { $0 == name ? text : nil }
            #expect(problem?.hasPrefix("\(name) takes ") == true)
        }
    }

    @Test("what stands for every scene comes before what a scene has of its own")
    func scenes() throws {
        let config = try Self.config(
            #"{"keys": {"canvas": {"undo": ["z"]}, "*": {"undo": ["u"], "quit": ["Q"]}}}"#)
        #expect(config.settings.keys.changes.map(\.scene) == [nil, nil, "canvas"])
        #expect(config.settings.keys.changes.map(\.action) == ["undo", "quit", "undo"])
        #expect(config.settings.keys.changes.last?.keys == [KeyPress("z")])
    }
}
