extension Setting {
    /// What a broadcast to a video service needs.
    static let broadcast: [Setting] = [
        Setting(
            "broadcast", "URL",
            help: "stream the canvas there by RTMP; an rtmp:// or rtmps:// address, as YouTube has"
        ) { text, configuration in
            guard let scheme = text.split(separator: ":", maxSplits: 1).first.map({ $0.lowercased() }),
                ["rtmp", "rtmps"].contains(scheme), text.dropFirst(scheme.count).hasPrefix("://"),
                text.utf8.count > scheme.count + 3, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
            else { return Problem(wanted: "an address that begins with rtmp:// or rtmps://") }
            configuration.broadcastURL = text
            return nil
        } show: {
            // Its path may hold a key.
            $0.broadcastURL.map { [BroadcastSettings(url: $0).host + "/…"] } ?? []
        },
        file(
            "broadcast-key-file", help: "the stream key, in a file for the server alone", \.broadcast.keyFile),
        Setting("broadcast-size", "WxH", help: "the stream's pictures, in pixels") { text, configuration in
            let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
            guard sides.count == 2, let width = sides[0], let height = sides[1],
                (160...3840).contains(width), (90...2160).contains(height), width % 2 == 0, height % 2 == 0
            else { return Problem(wanted: "WxH, even numbers from 160x90 to 3840x2160") }
            configuration.broadcast.width = width
            configuration.broadcast.height = height
            return nil
        } show: {
            ["\($0.broadcast.width)x\($0.broadcast.height)"]
        },
        number(
            "broadcast-fps", "N", 1...60, help: "the stream's frames a second", \.broadcast.framesPerSecond),
        number(
            "broadcast-kbps", "N", 100...50_000, help: "the picture's kilobits a second", \.broadcast.kilobits
        ),
        Setting("broadcast-encoder", "PROGRAM", help: "the ffmpeg that encodes") { text, configuration in
            guard !text.isEmpty else { return Problem(wanted: "a program") }
            configuration.broadcast.encoder = text
            return nil
        } show: {
            [$0.broadcast.encoder]
        },
    ]
}
