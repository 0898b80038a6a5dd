/// Where a broadcast goes and how it looks.
struct BroadcastSettings: Sendable, Equatable {
    /// An `rtmp://` or `rtmps://` address, as the service names it.
    var url: String
    /// The file with the stream key; nil where the address has everything.
    var keyFile: String?
    var width = 1280
    var height = 720
    /// Frames a second of the stream.
    var framesPerSecond = 30
    /// Of the picture, a second.
    var kilobits = 2_500
    /// The encoder's name or path.
    var encoder = "ffmpeg"

    /// The address without what may be secret: its path, and who signs in with which password.
    var host: String {
        let parts = parts
        guard parts.count > 2 else { return "" }
        let place = parts[2].lastIndex(of: "@").map { parts[2][parts[2].index(after: $0)...] } ?? parts[2]
        return "\(parts[0])//\(place)"
    }

    /// `rtmp:`, nothing, the host, and the path where there is one.
    private var parts: [Substring] {
        url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    }

    /// What an encoder said, without the secrets that it repeats, and no longer than a line of the log should be.
    ///
    /// - Parameter key: the stream key; empty where the address has everything, and its path holds the key.
    func hidingSecrets(in text: String, key: String) -> String {
        var secrets = [url, parts.count > 3 ? String(parts[3]) : "", key]
        if key.isEmpty, let last = parts.dropFirst(3).last?.split(separator: "/").last {
            secrets.append(String(last))
        }
        if let at = parts.dropFirst(2).first?.lastIndex(of: "@") { secrets.append(String(parts[2][..<at])) }
        var shown = text
        for secret in secrets where !secret.isEmpty {
            shown = shown.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "…")
        }
        return String(shown.suffix(Self.maxReasonCharacters))
    }

    private static let maxReasonCharacters = 300

    /// The encoder's arguments.
    ///
    /// The key stands in none of them, since everyone on the machine can read those: it is an option in a preset
    /// file, which is a pipe. Without `-shortest` the silent sound would go on for ever after the last picture.
    ///
    /// - Parameter preset: the descriptor that the key is read from; nil where there is none.
    func arguments(preset: Int32?) -> [String] {
        let picture = [
            "-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", "\(width)x\(height)",
            "-framerate", "\(BroadcastThread.paintsPerSecond)", "-use_wallclock_as_timestamps", "1", "-i",
            "pipe:0",
        ]
        let silence = ["-f", "lavfi", "-i", "anullsrc=channel_layout=stereo:sample_rate=44100"]
        let video = [
            "-map", "0:v", "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
            "-fps_mode", "cfr", "-r", "\(framesPerSecond)", "-c:v", "libx264", "-preset", "veryfast",
            "-g", "\(framesPerSecond * 2)", "-b:v", "\(kilobits)k", "-maxrate", "\(kilobits)k",
            "-bufsize", "\(kilobits * 2)k",
        ]
        let sound = ["-map", "1:a", "-c:a", "aac", "-b:a", "128k", "-ar", "44100", "-shortest"]
        let key = preset.map { ["-fpre", "/dev/fd/\($0)"] } ?? []
        return ["-hide_banner", "-loglevel", "warning", "-nostdin"] + picture + silence + video + sound + key
            + ["-f", "flv", url]
    }
}
