import Game
import Protocol

extension ServerEngine {
    /// A configuration with the knobs that storage keeps; one that this release doesn't take is left alone.
    static func set(
        _ configuration: EngineConfiguration, _ kept: [KnobRecord]
    ) -> (configuration: EngineConfiguration, knobs: [Knob: Knob.Value]) {
        var (configuration, knobs) = (configuration, [Knob: Knob.Value]())
        for record in kept {
            guard let knob = Knob(rawValue: record.name),
                let value = record.value.flatMap(knob.range.value)
            else { continue }
            configuration.set(knob, value)
            knobs[knob] = value
        }
        return (configuration, knobs)
    }

    /// Every knob, for a host.
    var knobList: HostAnswer {
        .knobs(
            Knob.allCases.map { knob in
                KnobEntry(
                    name: knob.rawValue, value: configuration[knob].text, option: options[knob].text,
                    isSet: knobs[knob] != nil, wanted: knob.range.wanted)
            })
    }

    /// Sets a knob, or lets its option count again: at once, and kept by the next commit.
    mutating func setKnob(
        _ name: String, to text: String?, by actor: Actor, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        do throws(Failure) {
            guard let knob = Knob(rawValue: name) else {
                let known = Knob.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure(.notFound, "There is no knob of this name; there are \(known).")
            }
            let value = text.flatMap(knob.range.value)
            guard value != nil || text == nil else {
                throw Failure(.badRequest, "\(name) must be \(knob.range.wanted).")
            }
            if let refusal = writeRefusal { throw refusal }
            let former = knobs[knob]
            turn(knob, to: value, at: now)
            let words = configuration[knob].text
            commits.add(
                .knob(KnobRecord(name: knob.rawValue, value: value?.text, atMs: now.wallMs)),
                held: Held(
                    asker: asker, answer: .hostDone("\(name) is \(words)\(value == nil ? " again" : "")."),
                    log: .knobSet(knob, value)),
                reversal: .knob(knob, former: former))
            audit(value == nil ? "reset_knob" : "set_knob", of: name, words, by: actor, at: now)
        } catch {
            refuse(asker, error, into: &effects)
        }
    }

    /// Has a knob count, or its option; nobody who plays or waits loses anything by it.
    ///
    /// Rates begin anew. A deadline that a player was told stays; the next action moves it by the new number.
    mutating func turn(_ knob: Knob, to value: Knob.Value?, at now: Moment) {
        knobs[knob] = value
        configuration.set(knob, value ?? options[knob])
        switch knob {
        case .placeRate: rates.setPlaces(configuration.placeRate)
        case .spectatorCooldown: rates.setCooldown(ms: configuration.spectatorCooldownMs)
        case .maxPlayers, .maxQueued, .idleSeconds:
            players.follow(Self.playerRules(configuration), atUs: now.monotonicUs)
        case .ads: break
        }
    }

    static func playerRules(_ configuration: EngineConfiguration) -> PlayerTable.Rules {
        PlayerTable.Rules(
            capacity: configuration.maxPlayers, maxQueued: configuration.maxQueued,
            idleUs: Int64(configuration.idleSeconds) * 1_000_000)
    }
}
