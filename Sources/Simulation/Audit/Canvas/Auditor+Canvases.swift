import Engine
import Protocol

/// A blank canvas takes the next version, and everyone is told of it before anything else of it.
extension Auditor {
    mutating func keep(_ epoch: EpochRecord) {
        let breach = history.begin(epoch)
        blame(unless(breach == nil, .freshEpochs, breach ?? ""))
        if epoch.firstVersion > 0 { verdict.tally.newGames += 1 }
        canvasBook.begin()
    }

    /// Holds a canvas's head, or the word that it began, against what is kept.
    mutating func checkHead(epoch: Int, size: CanvasSize, version: Version, isBeginning: Bool = false) {
        guard version <= history.version else {
            blame(unless(false, .durableFirst, "\(version) was shown at \(history.version)"))
            return
        }
        let truth = history.epoch(at: version)
        blame(
            unless(
                truth.epoch == epoch && truth.size == size
                    && (!isBeginning || truth.firstVersion == version && version > 0),
                .freshEpochs, "epoch \(epoch) of \(size.width)x\(size.height) is told at \(version)"))
    }

    /// Everyone who follows a stream is told that a canvas begins.
    mutating func publishReset(_ epoch: Int, _ version: Version, _ size: CanvasSize, _ topic: Topic) {
        checkHead(epoch: epoch, size: size, version: version, isBeginning: true)
        published[topic] = version
        for connection in feedOrder where feeds[connection]?.topic == topic { reset(connection, version) }
        if topic == .spectators { forgetSpectatorsIfNobodyFollows() }
    }

    /// One connection is told so.
    mutating func sendReset(_ epoch: Int, _ version: Version, _ size: CanvasSize, to id: ConnectionID) {
        checkHead(epoch: epoch, size: size, version: version, isBeginning: true)
        reset(id, version)
    }

    private mutating func reset(_ connection: ConnectionID, _ version: Version) {
        guard let feed = feeds[connection] else { return }
        blame(
            unless(
                feed.epochVersion < version, .toldCanvas,
                "connection \(connection.rawValue) is told twice that a canvas begins"))
        feeds[connection]?.epochVersion = version
        if feed.version != nil { feeds[connection]?.version = version }
    }

    /// All is quiet: everyone knows which canvas runs.
    mutating func settleFeeds() {
        for connection in feedOrder {
            let known = feeds[connection]?.epochVersion
            blame(
                unless(
                    known == history.epoch.firstVersion, .toldCanvas,
                    "connection \(connection.rawValue) knows of the canvas of \(known ?? -1) alone"))
        }
    }
}
