import Engine
import Protocol
import Transport

/// The live server's side of the control socket: commands become inputs, answers go back where they belong.
final class HostDesk {
    private var waiting: [HostCallID: LocalExchange] = [:]
    private var lastCall: UInt64 = 0

    /// Takes a command; what isn't one is refused at once.
    func accept(_ exchange: LocalExchange) -> Input? {
        guard let command = HostWire.command(exchange.request) else {
            let refusal = HostAnswer.refused(.badRequest, "This is no command that this release knows.")
            exchange.respond(HostWire.encode(refusal))
            return nil
        }
        lastCall += 1
        let call = HostCallID(rawValue: lastCall)
        waiting[call] = exchange
        return .host(call, command)
    }

    /// Gives a command its answer.
    func answer(_ call: HostCallID, _ answer: HostAnswer) {
        waiting.removeValue(forKey: call)?.respond(HostWire.encode(answer))
    }
}
