import Arguments
import Client
import Protocol

/// What a film of a canvas's history is to be: which part of it, how fast, how large, and in which file.
struct FilmOrder: Hashable, Sendable {
    /// A kind of file.
    enum Format: String, CaseIterable, Hashable, Sendable {
        case mp4, gif

        /// A GIF's frames stand for hundredths of a second, of which viewers take none under two.
        var maxFramesPerSecond: Int {
            switch self {
            case .mp4: 120
            case .gif: 50
            }
        }

        var standardFramesPerSecond: Int {
            switch self {
            case .mp4: 30
            case .gif: 20
            }
        }
    }

    static let maxSeconds = 3_600
    static let standardSeconds = 20
    static let maxVersionsPerFrame = 1_000_000_000

    var file: String
    var format: Format
    /// Where it begins; nil for the first version that is kept.
    var from: HistoryMoment?
    /// Where it ends; nil for the last one.
    var to: HistoryMoment?
    /// The epoch; nil for the one of the moments given, else the running one.
    var epoch: Int?
    var framesPerSecond: Int
    /// Pixels on a cell's side; nil for as many as a screen has room for.
    var scale: Int?
    var length = FilmPlan.Length.seconds(FilmOrder.standardSeconds)
    /// Whether a file that is there is replaced.
    var force = false

    /// The names of the options that only a film has.
    static let options = ["from", "to", "epoch", "fps", "scale", "seconds", "versions-per-frame"]

    /// Reads the options; nil where no film is asked for.
    init?(_ list: ArgumentList) throws(ArgumentList.UsageError) {
        guard let file = list.value("timelapse") else {
            if let stray = Self.options.first(where: { list.has($0) }) {
                throw ArgumentList.UsageError("--\(stray) goes with --timelapse")
            }
            return nil
        }
        let ending = file.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
        guard file.contains("."), let format = Format(rawValue: ending.lowercased()) else {
            throw ArgumentList.UsageError("--timelapse takes a file that ends in .mp4 or .gif")
        }
        self.file = file
        self.format = format
        from = try list.value("from").map { text throws(ArgumentList.UsageError) in
            try Self.moment(text, of: "from")
        }
        to = try list.value("to").map { text throws(ArgumentList.UsageError) in
            try Self.moment(text, of: "to")
        }
        epoch = try list.number("epoch", 0...Int(Int32.max))
        framesPerSecond =
            try list.number("fps", 1...format.maxFramesPerSecond) ?? format.standardFramesPerSecond
        scale = try list.number("scale", 1...64)
        let seconds = try list.number("seconds", 1...Self.maxSeconds)
        let versions = try list.number("versions-per-frame", 1...Self.maxVersionsPerFrame)
        switch (seconds, versions) {
        case (let seconds?, nil): length = .seconds(seconds)
        case (nil, let versions?): length = .versionsPerFrame(versions)
        case (nil, nil): break
        case (_?, _?):
            throw ArgumentList.UsageError("--seconds and --versions-per-frame don't go together")
        }
        force = list.has("force")
    }

    /// A version, a time, or a day.
    static func moment(_ text: String, of option: String) throws(ArgumentList.UsageError) -> HistoryMoment {
        if let version = Version(text), version >= 0, text.utf8.first != UInt8(ascii: "+") {
            return .version(version)
        }
        for candidate in [text, text + "T00:00:00Z"] {
            if let ms = Timestamp.milliseconds(rfc3339: candidate) { return .time(ms: ms) }
        }
        throw ArgumentList.UsageError(
            "--\(option) takes a version or a time, such as 2026-01-02 or 2026-01-02T03:04:05Z")
    }
}
