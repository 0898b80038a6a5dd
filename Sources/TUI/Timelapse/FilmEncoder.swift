import Glibc
import Processes
import Raster

/// An ffmpeg that makes a film of the frames that are written to it.
///
/// It writes beside the file; what it made takes the file's place once it is whole.
final class FilmEncoder {
    /// What the kernel may hold of frames that ffmpeg hasn't read, where it allows it.
    private static let pipeBytes = 1024 * 1024

    private let process: ChildProcess
    private let file, part: String
    private let force: Bool

    /// Starts it.
    ///
    /// - Parameter program: its path, or its name where it is looked up in `PATH`.
    /// - Throws: `ProgramFailure` where it isn't installed.
    init(
        _ order: FilmOrder, width: Int, height: Int, form: FilmFrames.Form, program: String = "ffmpeg"
    ) throws(ProgramFailure) {
        file = order.file
        part = "\(order.file).\(getpid()).part"
        force = order.force
        var launch = ProcessOrder(
            program, Self.arguments(order, width: width, height: height, form: form, into: "file:" + part))
        launch.inputBytes = Self.pipeBytes
        do throws(ProcessFailure) {
            process = try ChildProcess(launch)
        } catch {
            if case .notFound = error {
                throw ProgramFailure(
                    "a film needs ffmpeg, which isn't on PATH; install it (Debian: apt install ffmpeg)")
            }
            throw ProgramFailure(error.description)
        }
        Interruption.watch(part) { part in unlink(part) }
    }

    deinit { abandon() }

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

    /// Hands over a frame; waits where ffmpeg is slower.
    func write(_ frame: [UInt8]) throws(ProgramFailure) {
        do throws(ProcessFailure) {
            try process.write(frame)
        } catch {
            process.closeInput()
            throw failure(process.wait())
        }
    }

    /// Tells that there are no more frames, waits for the file, and puts it in its place.
    func finish() throws(ProgramFailure) {
        process.closeInput()
        let end = process.wait()
        guard end == .exited(status: 0) else { throw failure(end) }
        // Made while the film was: nobody asked for that one to go.
        if !force, access(file, F_OK) == 0 { throw Self.fileIsThere(file) }
        guard rename(part, file) == 0 else {
            throw ProgramFailure("\(file): \(String(cString: strerror(errno)))")
        }
        Interruption.forget(part)
    }

    /// Ends it and leaves nothing behind.
    func abandon() {
        _ = process.end(withinMs: 0)
        unlink(part)
        Interruption.forget(part)
    }

    /// The refusal to replace a file.
    static func fileIsThere(_ file: String) -> ProgramFailure {
        ProgramFailure("\(file) is there already; --force replaces it")
    }

    private func failure(_ end: ProcessEnd) -> ProgramFailure {
        ProgramFailure("ffmpeg: \(process.lastLines(1).first ?? end.description)")
    }
}
