import Client
import Protocol
import Transport

/// One thing that a person can set, once for the config file, the environment, the command line and the manual.
struct ConfigKey: Sendable {
    /// Its name in the file.
    let name: String
    /// Its variable; nil where no single line could say it.
    let variable: String?
    /// What it is for, in one line.
    let help: String
    /// What its value has to be, as in "auto, dark or light".
    let takes: String
    /// The texts that it may be; none where they can't be counted.
    let words: [String]
    /// Whether its value is true or false.
    let isFlag: Bool
    /// Puts a value into the config, or says what is wrong with it.
    let take: @Sendable (OrderedJSON, inout Config) -> ConfigFault?
    /// The value as the file has it.
    let show: @Sendable (Config) -> OrderedJSON

    private init(
        _ name: String, help: String, takes: String, words: [String] = [], isFlag: Bool = false,
        hasVariable: Bool = true,
        take: @escaping @Sendable (OrderedJSON, inout Config) -> ConfigFault?,
        show: @escaping @Sendable (Config) -> OrderedJSON
    ) {
        self.name = name
        self.help = help
        self.takes = takes
        self.words = words
        self.isFlag = isFlag
        variable = hasVariable ? "PIXELWARS_" + name.uppercased() : nil
        self.take = take
        self.show = show
    }

    /// What a variable's text stands for: of a flag, the usual words for yes and no.
    func node(of text: String) -> OrderedJSON {
        guard isFlag else { return .text(text) }
        switch text.lowercased() {
        case "1", "true", "yes", "on": return .flag(true)
        case "0", "false", "no", "off": return .flag(false)
        default: return .text(text)
        }
    }

    /// Every key, in the order of the file that is printed.
    static let all: [ConfigKey] =
        [
            text("url", help: "the server", takes: "a server's URL, such as http://HOST:PORT", \.url) {
                ServerURL($0) != nil
            } standard: { _ in
                ServerChoice.standardURL
            },
            text(
                "profile", help: "the name of the key that is your account", takes: Keyring.profileRule,
                \.profile
            ) {
                Keyring.isProfile($0)
            } standard: { _ in
                Keyring.playerProfile
            },
            page,
            word("color", help: "how many colors the terminal is sent", \.settings.color),
            word("theme", help: "what stands around the canvas; auto follows the terminal", \.settings.theme),
            word("charset", help: "which characters the screen is made of", \.settings.charset),
            word("overview", help: "what a canvas in small is drawn with", \.settings.overview),
            word("easing", help: "how the view comes to another zoom", \.settings.easing),
            flag("reduced_motion", help: "nothing moves by itself", \.settings.isMotionReduced),
            word("alert", help: "how you learn that it is your turn", \.settings.alert),
            flag("mouse", help: "whether the mouse is used", \.settings.takesMouse),
            word(
                "touch", help: "large buttons for fingers; auto has them in small windows", \.settings.touch),
            flag("minimap", help: "the canvas in small, in a corner", \.settings.showsMinimap),
            flag("flat", help: "plain lines for screen readers in place of a screen", \.settings.isFlat),
            keys,
        ]

    /// The key of this name, which is one of them.
    static func named(_ name: String) -> ConfigKey {
        guard let key = all.first(where: { $0.name == name }) else {
            preconditionFailure("there is no key \(name)")
        }
        return key
    }

    /// `a, b or c`.
    static func alternatives(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    private static func refusal(_ name: String, _ takes: String, _ node: OrderedJSON) -> ConfigFault {
        ConfigFault(line: nil, "\"\(name)\" takes \(takes), not \(node.brief)")
    }

    private static func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, help: String, _ field: any WritableKeyPath<Config, Word> & Sendable
    ) -> ConfigKey {
        let words = Word.allCases.map(\.rawValue)
        let takes = alternatives(words)
        return ConfigKey(name, help: help, takes: takes, words: words) { node, config in
            guard case .text(let text) = node, let word = Word(rawValue: text) else {
                return refusal(name, takes, node)
            }
            config[keyPath: field] = word
            return nil
        } show: {
            .text($0[keyPath: field].rawValue)
        }
    }

    private static func flag(
        _ name: String, help: String, _ field: any WritableKeyPath<Config, Bool> & Sendable
    ) -> ConfigKey {
        ConfigKey(name, help: help, takes: "true or false", words: ["true", "false"], isFlag: true) {
            node, config in
            guard case .flag(let flag) = node else { return refusal(name, "true or false", node) }
            config[keyPath: field] = flag
            return nil
        } show: {
            .flag($0[keyPath: field])
        }
    }

    private static func text(
        _ name: String, help: String, takes: String,
        _ field: any WritableKeyPath<Config, String?> & Sendable,
        isValid: @escaping @Sendable (String) -> Bool, standard: @escaping @Sendable (Config) -> String
    ) -> ConfigKey {
        ConfigKey(name, help: help, takes: takes) { node, config in
            guard case .text(let text) = node, isValid(text) else { return refusal(name, takes, node) }
            config[keyPath: field] = text
            return nil
        } show: {
            .text($0[keyPath: field] ?? standard($0))
        }
    }

    private static let page: ConfigKey = {
        let words = Page.destinations.map(\.rawValue)
        let takes = alternatives(words)
        return ConfigKey("page", help: "the screen to begin with", takes: takes, words: words) {
            node, config in
            guard case .text(let text) = node, let page = Page(rawValue: text),
                Page.destinations.contains(page)
            else { return refusal("page", takes, node) }
            config.page = page
            return nil
        } show: {
            .text(($0.page ?? .home).rawValue)
        }
    }()

    private static let keys = ConfigKey(
        "keys", help: "keys in place of the usual ones", takes: KeyChanges.form, hasVariable: false
    ) { node, config in
        do throws(ConfigFault) {
            config.settings.keys = try KeyChanges(node)
            return nil
        } catch { return error }
    } show: {
        $0.settings.keys.node
    }
}
