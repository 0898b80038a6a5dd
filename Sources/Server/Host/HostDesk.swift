import Engine
import Protocol
import Transport

/// The live server's side of the control socket: commands become inputs, answers go back where they belong.
final class HostDesk {
    private var waiting: [HostCallID: (HostAnswer) -> Void] = [:]
    private var lastCall: UInt64 = 0

    /// Takes a command; what isn't one is refused at once.
    func accept(_ exchange: LocalExchange) -> Input? {
        guard let command = HostWire.command(exchange.request) else {
            let refusal = HostAnswer.refused(.badRequest, "This is no command that this release knows.")
            exchange.respond(HostWire.encode(refusal))
            return nil
        }
        return .host(open { exchange.respond(HostWire.encode($0)) }, command)
    }

    /// Opens a call, whose answer goes to the closure.
    func open(_ answered: @escaping (HostAnswer) -> Void) -> HostCallID {
        lastCall += 1
        let call = HostCallID(rawValue: lastCall)
        waiting[call] = answered
        return call
    }

    /// Gives a command its answer.
    func answer(_ call: HostCallID, _ answer: HostAnswer) {
        waiting.removeValue(forKey: call)?(answer)
    }
}
