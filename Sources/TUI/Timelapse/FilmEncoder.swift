// For sigset_t alone, which the importer finds there.
import CNcurses
import Glibc
import Raster

/// An ffmpeg that makes a film of the frames that are written to it.
///
/// It writes beside the file; what it made takes the file's place once it is whole.
final class FilmEncoder {
    /// What the kernel may hold of frames that ffmpeg hasn't read, where it allows it.
    private static let pipeBytes: Int32 = 1024 * 1024
    /// F_SETPIPE_SZ (fcntl(2)), which glibc's headers hide unless they are told to show what is Linux's own.
    private static let setPipeSize: Int32 = 1_031
    private static let maxComplaintBytes = 2_000

    private let pid: pid_t
    private let file, part: String
    private let force: Bool
    private var input: Int32
    /// Its standard error: a file without a name.
    private let complaints: UnsafeMutablePointer<FILE>
    private var hasEnded = false

    /// Starts it.
    ///
    /// - Parameter program: its path, or its name where it is looked up in `PATH`.
    /// - Throws: `ProgramFailure` where it isn't installed.
    init(
        _ order: FilmOrder, width: Int, height: Int, form: FilmFrames.Form, program: String = "ffmpeg"
    ) throws(ProgramFailure) {
        // That it is gone is told by a write that fails.
        signal(SIGPIPE, SIG_IGN)
        self.file = order.file
        part = "\(order.file).\(getpid()).part"
        force = order.force
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Self.failure("pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], Self.setPipeSize, Self.pipeBytes)
        guard let file = tmpfile() else {
            let refusal = Self.failure("a temporary file")
            for end in ends { close(end) }
            throw refusal
        }
        _ = fcntl(fileno(file), F_SETFD, FD_CLOEXEC)
        complaints = file
        defer { close(ends[0]) }
        let words =
            [program]
            + Self.arguments(order, width: width, height: height, form: form, into: "file:" + part)
        do throws(ProgramFailure) {
            pid = try Self.spawn(words, input: ends[0], complaints: fileno(complaints))
        } catch {
            close(ends[1])
            fclose(complaints)
            throw error
        }
        input = ends[1]
        FilmInterruption.watch(pid: pid, part: part)
    }

    deinit {
        abandon()
        fclose(complaints)
    }

    /// What ffmpeg is told.
    static func arguments(
        _ order: FilmOrder, width: Int, height: Int, form: FilmFrames.Form, into output: String
    ) -> [String] {
        let pixels =
            switch form {
            case .rgb24: "rgb24"
            case .pal8: "pal8"
            }
        let source = [
            "-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-f", "rawvideo", "-pixel_format", pixels,
            "-video_size", "\(width)x\(height)", "-framerate", "\(order.framesPerSecond)", "-i", "pipe:0",
            "-an",
        ]
        switch order.format {
        case .mp4:
            // Players want 4:2:0; the matrix is named so that all of them show the same colors.
            return source + [
                "-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int",
                "-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-pix_fmt", "yuv420p",
                "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
                "-color_range", "tv", "-movflags", "+faststart", "-f", "mp4", output,
            ]
        case .gif: return source + ["-c:v", "gif", "-loop", "0", "-f", "gif", output]
        }
    }

    private static func spawn(
        _ words: [String], input: Int32, complaints: Int32
    ) throws(ProgramFailure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, complaints, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own: an interrupt from the terminal is for us, who then end it.
        posix_spawnattr_setpgroup(&attributes, 0)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var cWords: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { cWords.forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawnp(&pid, words[0], &actions, &attributes, &cWords, environ)
        guard code == 0 else {
            throw code == ENOENT
                ? ProgramFailure(
                    "a film needs ffmpeg, which isn't on PATH; install it (Debian: apt install ffmpeg)")
                : ProgramFailure("can't start ffmpeg: \(String(cString: strerror(code)))")
        }
        return pid
    }

    /// Hands over a frame; waits where ffmpeg is slower.
    func write(_ frame: [UInt8]) throws(ProgramFailure) {
        var done = 0
        while done < frame.count {
            let count = frame.withUnsafeBytes { bytes in
                Glibc.write(input, bytes.baseAddress?.advanced(by: done), bytes.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ended(with: wait()) }
            done += count
        }
    }

    /// Tells that there are no more frames, waits for the file, and puts it in its place.
    func finish() throws(ProgramFailure) {
        close(input)
        input = -1
        let status = wait()
        guard status == 0 else { throw ended(with: status) }
        // Made while the film was: nobody asked for that one to go.
        if !force, access(file, F_OK) == 0 { throw Self.fileIsThere(file) }
        guard rename(part, file) == 0 else { throw Self.failure(file) }
        FilmInterruption.forget()
    }

    /// Ends it and leaves nothing behind.
    func abandon() {
        if input >= 0 { close(input) }
        input = -1
        if !hasEnded {
            kill(pid, SIGKILL)
            _ = wait()
        }
        unlink(part)
        FilmInterruption.forget()
    }

    /// The refusal to replace a file.
    static func fileIsThere(_ file: String) -> ProgramFailure {
        ProgramFailure("\(file) is there already; --force replaces it")
    }

    private func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) == -1 && errno == EINTR {}
        hasEnded = true
        FilmInterruption.hasEnded()
        return status
    }

    private func ended(with status: Int32) -> ProgramFailure {
        var bytes = [UInt8](repeating: 0, count: Self.maxComplaintBytes)
        let count = pread(fileno(complaints), &bytes, bytes.count, 0)
        let words = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
            .split(whereSeparator: \.isNewline).map(String.init)
        let last = words.last ?? "it ended with status \(status)"
        return ProgramFailure("ffmpeg: \(last)")
    }

    private static func failure(_ what: String) -> ProgramFailure {
        ProgramFailure("\(what): \(String(cString: strerror(errno)))")
    }
}
