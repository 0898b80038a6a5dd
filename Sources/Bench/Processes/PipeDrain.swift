import Glibc

/// A pipe whose other end a thread of its own empties, as an encoder would that takes no time.
final class PipeDrain {
    private static let pipeBytes: Int32 = 1024 * 1024
    /// F_SETPIPE_SZ (fcntl(2)), which glibc's headers hide unless they are told to show what is Linux's own.
    private static let setPipeSize: Int32 = 1_031

    private let input: Int32
    private let thread: pthread_t

    /// Opens the pipe and starts the thread.
    init() throws(BenchFailure) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BenchFailure("no pipe can be had") }
        _ = fcntl(ends[1], Self.setPipeSize, Self.pipeBytes)
        input = ends[1]
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { context in
                let output = Int32(Int(bitPattern: context))
                var buffer = [UInt8](repeating: 0, count: 256 * 1024)
                while read(output, &buffer, buffer.count) > 0 {}
                close(output)
                return nil
            }, UnsafeMutableRawPointer(bitPattern: Int(ends[0])))
        guard result == 0 else { throw BenchFailure("no thread can be had") }
        self.thread = thread
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
        pthread_join(thread, nil)
    }
}
