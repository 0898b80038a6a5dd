import Glibc

/// A process that was just started, and our ends of what leads to it.
struct RunningProcess {
    let pid: pid_t
    /// Negative where it has none.
    let input, output: Int32
    let complaints: Complaints

    /// Starts a program.
    ///
    /// It has a process group of its own, so that an interrupt from the terminal is for who started it, no signal
    /// blocked or ignored, and of our pipes none but those of the order.
    init(_ order: ProcessOrder) throws(ProcessFailure) {
        // Which of them stay open is told at the end; before that, none does.
        var (theirs, ours): ([Int32], [Int32]) = ([], [])
        var hasStarted = false
        defer {
            for end in theirs { close(end) }
            if !hasStarted { for end in ours { close(end) } }
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }

        var (input, output): (Int32, Int32) = (-1, -1)
        if let bytes = order.inputBytes {
            let pipe = try Pipe()
            theirs.append(pipe.reading)
            ours.append(pipe.writing)
            pipe.hold(bytes: bytes)
            input = pipe.writing
            posix_spawn_file_actions_adddup2(&actions, pipe.reading, STDIN_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        if order.hasOutput {
            let pipe = try Pipe()
            theirs.append(pipe.writing)
            ours.append(pipe.reading)
            output = pipe.reading
            posix_spawn_file_actions_adddup2(&actions, pipe.writing, STDOUT_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        }
        let complaints: Int32
        switch order.complaints {
        case .file:
            complaints = try Self.namelessFile()
            posix_spawn_file_actions_adddup2(&actions, complaints, STDERR_FILENO)
        case .pipe:
            let pipe = try Pipe()
            theirs.append(pipe.writing)
            complaints = pipe.reading
            posix_spawn_file_actions_adddup2(&actions, pipe.writing, STDERR_FILENO)
        }
        ours.append(complaints)
        if let gift = order.gift {
            let end = try Self.pipe(with: gift)
            theirs.append(end)
            posix_spawn_file_actions_adddup2(&actions, end, ProcessOrder.giftDescriptor)
        }

        pid = try Self.spawn(order, &actions)
        hasStarted = true
        (self.input, self.output) = (input, output)
        self.complaints = Complaints(complaints, order.complaints)
    }

    private static func spawn(
        _ order: ProcessOrder, _ actions: inout posix_spawn_file_actions_t
    ) throws(ProcessFailure) -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setpgroup(&attributes, 0)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var words: [UnsafeMutablePointer<CChar>?] =
            ([order.program] + order.arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        let code: Int32
        switch order.environment {
        case .inherited:
            code = posix_spawnp(&pid, order.program, &actions, &attributes, &words, environ)
        case .only(let variables):
            var given: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
            defer { for variable in given { free(variable) } }
            code = posix_spawnp(&pid, order.program, &actions, &attributes, &words, &given)
        }
        guard code != ENOENT else { throw .notFound(program: order.program) }
        guard code == 0 else {
            throw .notStarted(program: order.program, reason: String(cString: strerror(code)))
        }
        return pid
    }

    /// Makes a pipe that holds bytes and nothing after them.
    ///
    /// - Returns: the end to read from.
    private static func pipe(with bytes: [UInt8]) throws(ProcessFailure) -> Int32 {
        precondition(bytes.count <= ProcessOrder.maxGiftBytes, "the pipe would wait for a reader")
        let pipe = try Pipe()
        _ = bytes.withUnsafeBytes { write(pipe.writing, $0.baseAddress, $0.count) }
        close(pipe.writing)
        return pipe.reading
    }

    private static func namelessFile() throws(ProcessFailure) -> Int32 {
        let file = tmpfile()
        defer { if let file { fclose(file) } }
        let descriptor =
            file.map { fcntl(fileno($0), F_DUPFD_CLOEXEC, ProcessOrder.giftDescriptor + 1) } ?? -1
        guard descriptor >= 0 else {
            throw .nothingLeft(what: "temporary file", reason: String(cString: strerror(errno)))
        }
        return descriptor
    }
}
