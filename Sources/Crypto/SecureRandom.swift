import COpenSSL

/// The system's cryptographically secure generator; tokens, challenges and identifiers come from here.
public enum SecureRandom {
    /// Fresh unpredictable bytes.
    ///
    /// A generator that can't be seeded stops the program: going on would hand out guessable secrets.
    public static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = RAND_bytes(&bytes, Int32(count))
        precondition(filled == 1, "the system gives no randomness")
        return bytes
    }

    /// A fresh unpredictable number.
    public static func uint64() -> UInt64 {
        bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
