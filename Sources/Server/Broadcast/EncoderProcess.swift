import Glibc
import Processes
import Transport

/// The encoder as a child process: pictures go into its standard input, complaints come out of its standard error.
///
/// One thread owns it. What it writes to never blocks that thread for longer than it says.
final class EncoderProcess {
    /// Why it couldn't be started, or went.
    struct Failure: Error, Equatable {
        let reason: String
    }

    private let process: ChildProcess

    /// What the pipe is asked to hold: part of a picture, so that few writes wait.
    private static let pipeBytes = 1 << 20
    /// Where the encoder finds the key.
    static let keyDescriptor = ProcessOrder.giftDescriptor

    /// Starts it.
    ///
    /// - Parameter key: the stream key, for an encoder whose arguments name `keyDescriptor`; empty for none.
    init(program: String, arguments: [String], key: String) throws(Failure) {
        var order = ProcessOrder(program, arguments)
        // Nothing of the server's own settings is the encoder's business.
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        order.environment = .only(["PATH=\(path)", "LC_ALL=C"])
        order.inputBytes = Self.pipeBytes
        order.complaints = .pipe
        if !key.isEmpty { order.gift = Array("rtmp_playpath=\(key)\n".utf8) }
        do throws(ProcessFailure) {
            process = try ChildProcess(order)
        } catch {
            throw Failure(reason: error.description)
        }
    }

    /// Writes as much as fits within a time.
    ///
    /// - Returns: how many bytes went; 0 where none did in that time.
    func write(_ bytes: ArraySlice<UInt8>, waitMs: Int32) throws(Failure) -> Int {
        do throws(ProcessFailure) {
            return try process.write(bytes, waitMs: waitMs)
        } catch {
            throw Failure(reason: lastWords ?? "it takes no more pictures")
        }
    }

    /// Waits for complaints, and for nothing longer than a time.
    func wait(ms: Int32) {
        process.listen(ms: ms)
    }

    /// Ends it: it may finish what it has within a time, then it is killed.
    func end(withinMs: Int) -> Failure {
        let end = process.end(withinMs: withinMs)
        return Failure(reason: lastWords ?? end.description)
    }

    /// What it said last, in one line.
    private var lastWords: String? { process.lastLines(1).first }
}
