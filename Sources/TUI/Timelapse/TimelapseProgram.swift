import Arguments
import Client
import Glibc
import Processes
import Protocol
import Raster
import Transport

/// `pixelwars export --timelapse FILE`: makes a film of a canvas's history, through ffmpeg.
struct TimelapseProgram: Hashable, Sendable {
    var order: FilmOrder
    var url: ServerURL
    /// Whether what was made is told as JSON.
    var isJSON = false

    private static let timeoutMs = 30_000

    /// What of an epoch is shown.
    private struct Subject {
        var versions: ClosedRange<Version>
        var plan: FilmPlan
    }

    /// Makes the film and returns what is to be said about it.
    func run() throws(ProgramFailure) -> String? {
        if !order.force, access(order.file, F_OK) == 0 { throw FilmEncoder.fileIsThere(order.file) }
        Interruption.install { _ in
            if isatty(STDERR_FILENO) != 0 { Console.complain("") }
            Console.complain(programName, "interrupted; no film was made")
            _exit(1)
        }
        let palette = try palette()
        let reader = try HistoryReader(url)
        let subject = try subject(reader)
        var memory = Timeline.Memory()
        memory.pageChanges = Limits.maxHistoryChanges
        // Only the way forward is gone.
        memory.maxChanges = 4 * memory.pageChanges
        memory.maxKeyframeBytes = 0
        var timeline = Timeline(
            try reader.state(at: .version(subject.plan.from)), versions: subject.versions, memory: memory)
        let scale = order.scale ?? FilmPlan.standardScale(of: timeline.size)
        var frames: FilmFrames
        do throws(RasterError) {
            frames = try FilmFrames(size: timeline.size, palette: palette, scale: scale, form: form)
        } catch { throw ProgramFailure(error.description) }
        frames.paint(timeline.cells)
        let encoder = try FilmEncoder(order, width: frames.width, height: frames.height, form: form)
        try shoot(subject.plan, &timeline, &frames, encoder, reader)
        try encoder.finish()
        return isJSON ? report(subject.plan, timeline, frames).json : nil
    }

    private var form: FilmFrames.Form {
        switch order.format {
        case .mp4: .rgb24
        case .gif: .pal8
        }
    }

    private func palette() throws(ProgramFailure) -> Palette {
        let response = try OneRequest.answer(to: Route.canvas.request, of: url, timeoutMs: Self.timeoutMs)
        guard response.status == 200, let canvas = try? CanvasAnswer(json: response.body) else {
            let failure = try? Failure(json: response.body)
            let words = failure.map { PlayerName.displayed($0.message) } ?? "status \(response.status)"
            throw ProgramFailure("\(url): \(words)")
        }
        return canvas.head.palette
    }

    /// Finds the epoch and the versions that are meant.
    private func subject(_ reader: HistoryReader) throws(ProgramFailure) -> Subject {
        let kept = try reader.overview()
        let from = try version(order.from, reader)
        let to = try version(order.to, reader)
        let meant =
            if let number = order.epoch {
                kept.epochs.first { $0.epoch == number }
            } else {
                kept.epoch(of: to ?? from ?? kept.latestVersion)
            }
        guard let epoch = meant else {
            let latest = kept.latestVersion
            throw ProgramFailure(
                order.epoch.map { "\(url): nothing is kept of epoch \($0)" }
                    ?? "\(url): versions \(kept.oldestVersion) to \(latest) can be shown")
        }
        let versions = max(epoch.firstVersion, kept.oldestVersion)...epoch.lastVersion
        let (first, last) = (from ?? versions.lowerBound, to ?? versions.upperBound)
        guard versions.contains(first), versions.contains(last) else {
            throw ProgramFailure(
                "\(url): of epoch \(epoch.epoch) versions \(versions.lowerBound) to \(versions.upperBound) can be "
                    + "shown, one epoch in a film")
        }
        guard first <= last else { throw ProgramFailure("--from lies after --to") }
        let plan = FilmPlan(
            from: first, to: last, length: order.length, framesPerSecond: order.framesPerSecond)
        return Subject(versions: versions, plan: plan)
    }

    private func version(
        _ moment: HistoryMoment?, _ reader: HistoryReader
    ) throws(ProgramFailure) -> Version? {
        switch moment {
        case nil: nil
        case .version(let version): version
        case .time(let ms): try reader.state(at: .time(ms: ms)).version
        }
    }

    private func shoot(
        _ plan: FilmPlan, _ timeline: inout Timeline, _ frames: inout FilmFrames, _ encoder: FilmEncoder,
        _ reader: HistoryReader
    ) throws(ProgramFailure) {
        var progress = FilmProgress(
            total: plan.frameCount, isTerminal: isatty(STDERR_FILENO) != 0, nowMs: Monotonic.nowMs)
        for frame in 0..<plan.frameCount {
            do throws(ProgramFailure) {
                try go(to: plan.version(ofFrame: frame), &timeline, &frames, reader)
                try encoder.write(frames.bytes)
            } catch {
                Self.say(progress.erasure)
                throw error
            }
            if let text = progress.text(done: frame + 1, nowMs: Monotonic.nowMs) { Self.say(text) }
        }
    }

    /// Goes to a frame's version and paints what changed.
    private func go(
        to version: Version, _ timeline: inout Timeline, _ frames: inout FilmFrames, _ reader: HistoryReader
    ) throws(ProgramFailure) {
        while true {
            switch timeline.seek(to: version) {
            case .needs(let need):
                guard timeline.take(try reader.supply(need)) else {
                    throw ProgramFailure("\(url): the answer belongs to another canvas")
                }
            case .arrived(let changed):
                guard timeline.version == version else {
                    throw ProgramFailure("\(url): version \(version) isn't there any more")
                }
                if let changed {
                    frames.paint(changed, of: timeline.cells)
                } else {
                    frames.paint(timeline.cells)
                }
                return
            }
        }
    }

    private func report(_ plan: FilmPlan, _ timeline: Timeline, _ frames: FilmFrames) -> OrderedJSON {
        .fields([
            ("file", .text(order.file)), ("url", .text(url.description)),
            ("epoch", .number("\(timeline.epoch)")), ("from", .number("\(plan.from)")),
            ("to", .number("\(plan.to)")), ("frames", .number("\(plan.frameCount)")),
            ("fps", .number("\(order.framesPerSecond)")), ("width", .number("\(frames.width)")),
            ("height", .number("\(frames.height)")),
        ])
    }

    private static func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
