import Client
import Glibc
import Synchronization

/// What the client's thread hands to the screen's, with a pipe that wakes it from poll(2).
final class Inbox: Sendable {
    private let events = Mutex<[ClientEvent]>([])
    /// Readable when events wait or a signal came.
    let wakeReader: Int32
    /// Where signal handlers write their number.
    let wakeWriter: Int32

    init() throws(ProgramFailure) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw ProgramFailure("can't make a pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        wakeReader = ends[0]
        wakeWriter = ends[1]
    }

    /// Hands an event over; from any thread.
    func deliver(_ event: ClientEvent) {
        let wasEmpty = events.withLock { events in
            defer { events.append(event) }
            return events.isEmpty
        }
        guard wasEmpty else { return }
        var byte: UInt8 = 0
        // A full pipe wakes its reader anyway.
        _ = write(wakeWriter, &byte, 1)
    }

    /// Takes all events and the signals that came.
    func take() -> (events: [ClientEvent], wakes: [TerminalGuard.Wake]) {
        var bytes = [UInt8](repeating: 0, count: 256)
        var wakes: [TerminalGuard.Wake] = []
        while true {
            let count = read(wakeReader, &bytes, bytes.count)
            guard count > 0 else { break }
            for wake in bytes[..<count].compactMap(TerminalGuard.wake) where !wakes.contains(wake) {
                wakes.append(wake)
            }
        }
        let taken = events.withLock { events in
            defer { events = [] }
            return events
        }
        return (taken, wakes)
    }
}
