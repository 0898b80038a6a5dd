import Glibc

/// The encoder as a child process: pictures go into its standard input, complaints come out of its standard error.
///
/// One thread owns it. What it writes to never blocks that thread for longer than it says.
final class EncoderProcess {
    /// Why it couldn't be started, or went.
    struct Failure: Error, Equatable {
        let reason: String
    }

    private let pid: pid_t
    private var pictures: Int32
    private let complaints: Int32
    /// The last line it complained, as far as it came.
    private var complaint: [UInt8] = []

    /// More than a line with an address and a key, so that none is cut where it couldn't be told any more.
    private static let maxComplaintBytes = 8 * 1024
    /// What the pipe is asked to hold: part of a picture, so that few writes wait.
    private static let pipeBytes: Int32 = 1 << 20
    /// F_SETPIPE_SZ (fcntl(2)), which glibc's headers hide unless they are told to show what is Linux's own.
    private static let setPipeSize: Int32 = 1_031
    /// Where the encoder finds the key.
    static let keyDescriptor: Int32 = 3

    /// Starts it.
    ///
    /// - Parameter key: the stream key, for an encoder whose arguments name `keyDescriptor`; empty for none.
    init(program: String, arguments: [String], key: String) throws(Failure) {
        // An encoder that has gone is an error of write(2), not our end.
        signal(SIGPIPE, SIG_IGN)
        // Those that aren't ours once it runs, and all of them where it doesn't.
        var ends: [Int32] = []
        defer { for end in ends { close(end) } }
        for _ in 0..<3 { ends += try Self.pipe() }
        let (readPictures, writePictures, readComplaints, writeComplaints) = (
            ends[0], ends[1], ends[2], ends[3]
        )
        let (readKey, writeKey) = (ends[4], ends[5])
        Self.write("rtmp_playpath=\(key)\n", to: writeKey)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The ends are duplicated above those that they become, so that none takes another's place.
        posix_spawn_file_actions_adddup2(&actions, readPictures, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, writeComplaints, 2)
        posix_spawn_file_actions_adddup2(&actions, readKey, Self.keyDescriptor)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var defaults = sigset_t()
        sigfillset(&defaults)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        // A group of its own: a Ctrl-C is the server's, which ends the encoder after the last picture.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        // Nothing of the server's own settings is the encoder's business.
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        var surroundings: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=\(path)"), strdup("LC_ALL=C"), nil]
        defer { for word in words + surroundings { free(word) } }
        var spawned: pid_t = 0
        let code = posix_spawnp(&spawned, program, &actions, &attributes, &words, &surroundings)
        guard code == 0 else {
            throw Failure(reason: "\(program) can't be started: \(String(cString: strerror(code)))")
        }
        ends = [readPictures, writeComplaints, readKey, writeKey]
        pid = spawned
        pictures = writePictures
        complaints = readComplaints
        _ = fcntl(pictures, Self.setPipeSize, Self.pipeBytes)
        _ = fcntl(pictures, F_SETFL, O_NONBLOCK)
        _ = fcntl(complaints, F_SETFL, O_NONBLOCK)
    }

    deinit {
        if pictures >= 0 { _ = end(withinMs: 0) }
        close(complaints)
    }

    /// Writes as much as fits within a time.
    ///
    /// - Returns: how many bytes went; 0 where none did in that time.
    func write(_ bytes: ArraySlice<UInt8>, waitMs: Int32) throws(Failure) -> Int {
        var ready = pollfd(fd: pictures, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, waitMs)
        let count = bytes.withUnsafeBytes { Glibc.write(pictures, $0.baseAddress, $0.count) }
        readComplaints()
        if count >= 0 { return count }
        if errno == EAGAIN || errno == EINTR { return 0 }
        throw Failure(reason: lastWords ?? "it takes no more pictures")
    }

    /// Waits for complaints, and for nothing longer than a time.
    func wait(ms: Int32) {
        var ready = pollfd(fd: complaints, events: Int16(POLLIN), revents: 0)
        _ = poll(&ready, 1, ms)
        readComplaints()
        // An encoder that has closed its end is ready all the time: the next picture finds that it is gone.
        if ready.revents & Int16(POLLHUP) != 0 { _ = poll(nil, 0, ms) }
    }

    /// Ends it: it may finish what it has within a time, then it is killed.
    func end(withinMs: Int) -> Failure {
        close(pictures)
        pictures = -1
        var status: Int32 = 0
        let endMs = Monotonic.nowMs + Int64(withinMs)
        while waitpid(pid, &status, WNOHANG) == 0 {
            if Monotonic.nowMs >= endMs {
                kill(pid, SIGKILL)
                while waitpid(pid, &status, 0) == -1, errno == EINTR {}
                break
            }
            var ready = pollfd(fd: complaints, events: Int16(POLLIN), revents: 0)
            _ = poll(&ready, 1, 20)
            if ready.revents & Int16(POLLHUP) != 0 { _ = poll(nil, 0, 20) }
            readComplaints()
        }
        readComplaints()
        return Failure(reason: lastWords ?? "it ended with status \(status >> 8 & 255)")
    }

    /// What it said last, in one line without controls.
    private var lastWords: String? {
        let lines = String(decoding: complaint, as: UTF8.self).split { $0.isNewline }
        return lines.last.map(String.init)
    }

    private func readComplaints() {
        var part = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(complaints, &part, part.count)
            guard count > 0 else { return }
            complaint += part[..<count]
            complaint.removeFirst(max(0, complaint.count - Self.maxComplaintBytes))
        }
    }

    /// Makes a pipe.
    ///
    /// - Returns: the end to read from, and the one to write to.
    private static func pipe() throws(Failure) -> [Int32] {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else {
            throw Failure(reason: "no pipe: \(String(cString: strerror(errno)))")
        }
        // Above the descriptors that the encoder gets, so that duplicating one never closes another.
        let raised = ends.map { fcntl($0, F_DUPFD_CLOEXEC, keyDescriptor + 1) }
        for end in ends { close(end) }
        guard raised.allSatisfy({ $0 >= 0 }) else {
            for end in raised where end >= 0 { close(end) }
            throw Failure(reason: "no pipe: too many files are open")
        }
        return raised
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
}
