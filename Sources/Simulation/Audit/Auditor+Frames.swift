import Engine
import Protocol

/// What a connection has of the canvas, and the stream that its frames are of.
struct FeedModel: Sendable {
    /// The version up to which it was told everything, from its `welcome` on; nil while it is to hear nothing, and
    /// its client fetches once it is.
    var version: Version?
    /// The first version of the canvas that it knows of.
    var epochVersion: Version = 0
    /// The stream that it is subscribed to; nil while it is to none.
    var topic: Topic?
    /// Whether it plays or waits, by the last word that it was told.
    var takesPart = false
}

/// Frames tell the truth and join; players' frames are players', spectators' are spectators' alone.
extension Auditor {
    mutating func welcome(_ connection: ConnectionID, _ version: Version) {
        feeds[connection] = FeedModel(
            version: isLiveForSpectators ? version : nil,
            epochVersion: history.epoch(at: version).firstVersion)
        feedOrder.append(connection)
    }

    mutating func subscribe(_ connection: ConnectionID, _ topic: Topic) {
        guard let feed = feeds[connection] else {
            blame(unless(false, .joiningFrames, "connection \(connection.rawValue) wasn't welcomed"))
            return
        }
        blame(unless(feed.topic == nil, .joiningFrames, "connection \(connection.rawValue) has two streams"))
        if topic == .spectators {
            blame(unless(isLiveForSpectators, .ownFrames, "frames for spectators of a host that gives none"))
        }
        begin(connection)
        feeds[connection]?.topic = topic
    }

    /// Frames begin, now or later, where everyone's stand.
    private mutating func begin(_ connection: ConnectionID) {
        guard feeds[connection]?.version == nil else { return }
        feeds[connection]?.version = published[.canvas] ?? startVersion
    }

    mutating func unsubscribe(_ connection: ConnectionID) {
        feeds[connection]?.topic = nil
        forgetSpectatorsIfNobodyFollows()
    }

    mutating func end(_ connection: ConnectionID) {
        feeds[connection] = nil
        feedOrder.removeAll { $0 == connection }
        forgetSpectatorsIfNobodyFollows()
    }

    /// With nobody to follow there are no frames for spectators, and the next one begins where someone comes.
    mutating func forgetSpectatorsIfNobodyFollows() {
        if !feeds.values.contains(where: { $0.topic == .spectators }) { published[.spectators] = nil }
    }

    mutating func expect(_ connection: ConnectionID, takesPart: Bool) {
        feeds[connection]?.takesPart = takesPart
        if takesPart {
            begin(connection)
        } else if !isLiveForSpectators {
            feeds[connection]?.version = nil
        }
    }

    mutating func publish(_ run: PixelRun, _ topic: Topic) {
        verdict.tally.frames += 1
        checkFrame(run)
        if let last = published[topic] ?? (topic == .canvas ? startVersion : nil) {
            blame(unless(run.from == last, .joiningFrames, "a frame from \(run.from) after one to \(last)"))
        }
        published[topic] = run.to
        if topic == .spectators { pace() }
        for connection in feedOrder where feeds[connection]?.topic == topic {
            let isFor = feeds[connection]?.takesPart == (topic == .canvas)
            blame(unless(isFor, .ownFrames, "connection \(connection.rawValue) gets another's frames"))
            follow(connection, run)
        }
        // The server may not know yet that the last one is gone.
        if topic == .spectators { forgetSpectatorsIfNobodyFollows() }
    }

    private mutating func pace() {
        verdict.tally.spectatorFrames += 1
        if let lastUs = spectatorFrameUs {
            let passedUs = verdict.nowUs - lastUs
            blame(unless(passedUs >= spectatorTickUs, .spectatorTick, "a frame after \(passedUs / 1000) ms"))
        }
        spectatorFrameUs = verdict.nowUs
    }

    mutating func follow(_ connection: ConnectionID, _ run: PixelRun) {
        guard let version = feeds[connection]?.version else {
            blame(unless(false, .joiningFrames, "connection \(connection.rawValue) gets frames unasked"))
            return
        }
        blame(
            unless(
                feeds[connection]?.epochVersion == history.epoch(at: run.to).firstVersion, .toldCanvas,
                "connection \(connection.rawValue) gets a frame of a canvas that it wasn't told of"))
        blame(
            unless(
                run.from <= version, .joiningFrames,
                "connection \(connection.rawValue) is at \(version), its frame from \(run.from)"))
        feeds[connection]?.version = max(version, run.to)
    }

    mutating func checkFrame(_ run: PixelRun) {
        blame(unless(run.to <= history.version, .durableFirst, "a frame to \(run.to) at \(history.version)"))
        guard run.to <= history.version, run.from >= 0, run.from < run.to else {
            blame(unless(run.from < run.to, .trueFrames, "a frame from \(run.from) to \(run.to)"))
            return
        }
        guard let width = width(of: run) else { return }
        let truth = history.merged(from: run.from, to: run.to).map {
            Pixel(x: $0.cell % width, y: $0.cell / width, color: $0.color)
        }
        blame(unless(run.pixels == truth, .trueFrames, "the frame from \(run.from) to \(run.to)"))
    }

    /// The width of the canvas that a run is of; nil where it is of more than one, or of another than it says.
    mutating func width(of run: PixelRun) -> Int? {
        let epoch = history.epoch(at: run.to)
        let isOfOne = run.from >= epoch.firstVersion && run.epoch == epoch.epoch
        blame(unless(isOfOne, .freshEpochs, "a run of epoch \(run.epoch) from \(run.from) to \(run.to)"))
        return isOfOne ? epoch.size.width : nil
    }
}
