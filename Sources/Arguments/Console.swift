import Glibc

/// A program's lines to whoever started it, each written whole.
public enum Console {
    /// A line on stdout.
    public static func print(_ line: String) {
        write(line, to: STDOUT_FILENO)
    }

    /// A line on stderr that begins with the program's name.
    public static func complain(_ program: String, _ message: String) {
        write("\(program): \(message)", to: STDERR_FILENO)
    }

    /// A line on stderr as it is.
    public static func complain(_ line: String) {
        write(line, to: STDERR_FILENO)
    }

    /// Writes every byte; a reader that is gone ends it, there being nobody to tell.
    private static func write(_ line: String, to descriptor: Int32) {
        var bytes = Array(line.utf8)[...]
        bytes.append(UInt8(ascii: "\n"))
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}
