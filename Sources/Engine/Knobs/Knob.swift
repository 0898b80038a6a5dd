/// A setting that can be changed while a server runs; its name is that of the option it beats.
public enum Knob: String, CaseIterable, Hashable, Sendable {
    case placeRate = "place-rate"
    case maxPlayers = "max-players"
    case maxQueued = "max-queued"
    case idleSeconds = "idle-seconds"
    case spectatorCooldown = "spectator-cooldown"
    case ads

    /// What a knob is set to.
    public enum Value: Hashable, Sendable {
        case rate(Rate)
        case number(Int)
        case flag(Bool)

        /// As the option would be given.
        public var text: String {
            switch self {
            case .rate(let rate): rate.text
            case .number(let number): String(number)
            case .flag(let isOn): isOn ? "on" : "off"
            }
        }
    }

    /// What a knob can be set to; the options of the same names go by this, too.
    public enum Range: Hashable, Sendable {
        case rate
        case number(ClosedRange<Int>)
        case flag

        /// In words, as in "a whole number from 1 to 100".
        public var wanted: String {
            switch self {
            case .rate: Rate.wanted
            case .number(let bounds): "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
            case .flag: "on or off"
            }
        }

        /// Reads a value; nil where the text is none.
        public func value(_ text: String) -> Value? {
            switch self {
            case .rate: return Rate(text: text).map(Value.rate)
            case .number(let bounds):
                guard let number = Int(text), bounds.contains(number) else { return nil }
                return .number(number)
            case .flag: return text == "on" ? .flag(true) : text == "off" ? .flag(false) : nil
            }
        }
    }

    /// What it can be set to.
    public var range: Range {
        switch self {
        case .placeRate: .rate
        case .maxPlayers: .number(1...1_000_000)
        case .maxQueued: .number(0...1_000_000)
        case .idleSeconds: .number(1...86_400)
        case .spectatorCooldown: .number(0...86_400)
        case .ads: .flag
        }
    }
}

extension EngineConfiguration {
    /// What a knob stands at.
    public subscript(knob: Knob) -> Knob.Value {
        switch knob {
        case .placeRate: .rate(placeRate)
        case .maxPlayers: .number(maxPlayers)
        case .maxQueued: .number(maxQueued)
        case .idleSeconds: .number(idleSeconds)
        case .spectatorCooldown: .number(spectatorCooldownMs / 1000)
        case .ads: .flag(showsAds)
        }
    }

    /// Sets a knob to a value of its own kind.
    mutating func set(_ knob: Knob, _ value: Knob.Value) {
        switch (knob, value) {
        case (.placeRate, .rate(let rate)): placeRate = rate
        case (.maxPlayers, .number(let number)): maxPlayers = number
        case (.maxQueued, .number(let number)): maxQueued = number
        case (.idleSeconds, .number(let seconds)): idleSeconds = seconds
        case (.spectatorCooldown, .number(let seconds)): spectatorCooldownMs = seconds * 1000
        case (.ads, .flag(let isOn)): showsAds = isOn
        case (.placeRate, _), (.maxPlayers, _), (.maxQueued, _), (.idleSeconds, _), (.spectatorCooldown, _),
            (.ads, _):
            preconditionFailure("a knob takes a value of its own kind")
        }
    }
}
