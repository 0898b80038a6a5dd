import Glibc
import Processes

/// A pipe whose other end a thread of its own empties, as an encoder would that takes no time.
final class PipeDrain {
    private static let pipeBytes = 1024 * 1024

    private let input: Int32
    private let thread: SystemThread

    /// Opens the pipe and starts the thread.
    init() throws(BenchFailure) {
        do throws(ProcessFailure) {
            let pipe = try Pipe()
            pipe.hold(bytes: Self.pipeBytes)
            input = pipe.writing
            let output = pipe.reading
            thread = try SystemThread {
                var buffer = [UInt8](repeating: 0, count: 256 * 1024)
                while read(output, &buffer, buffer.count) > 0 {}
                close(output)
            }
        } catch {
            throw BenchFailure(error.description)
        }
    }

    /// Writes all of it.
    func write(_ bytes: [UInt8]) throws(BenchFailure) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(input, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            guard count > 0 else { throw BenchFailure("the pipe broke") }
            done += count
        }
    }

    /// Closes the pipe and waits for the thread.
    func end() {
        close(input)
        thread.join()
    }
}
