import Glibc
import Synchronization

/// What other threads hand to the terminal's, with a pipe that wakes it from poll(2).
final class Inbox<Item: Sendable>: Sendable {
    private let items = Mutex<[Item]>([])
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

    /// Hands something over; from any thread.
    func deliver(_ item: Item) {
        let wasEmpty = items.withLock { items in
            defer { items.append(item) }
            return items.isEmpty
        }
        guard wasEmpty else { return }
        var byte: UInt8 = 0
        // A full pipe wakes its reader anyway.
        _ = write(wakeWriter, &byte, 1)
    }

    /// Takes all that was handed over and the signals that came.
    func take() -> (items: [Item], wakes: [TerminalGuard.Wake]) {
        var bytes = [UInt8](repeating: 0, count: 256)
        var wakes: [TerminalGuard.Wake] = []
        while true {
            let count = read(wakeReader, &bytes, bytes.count)
            guard count > 0 else { break }
            for wake in bytes[..<count].compactMap(TerminalGuard.wake) where !wakes.contains(wake) {
                wakes.append(wake)
            }
        }
        let taken = items.withLock { items in
            defer { items = [] }
            return items
        }
        return (taken, wakes)
    }
}
