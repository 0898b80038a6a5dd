import Glibc

/// The three descriptors that every program is started with, or should be.
public enum StandardStreams {
    /// Puts the null device where a descriptor is missing, so that no file or socket is opened as one of the three and
    /// written to as such; first of all that a program does.
    public static func openMissing() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest one that is free, which is this one.
            _ = open("/dev/null", O_RDWR)
        }
    }
}
