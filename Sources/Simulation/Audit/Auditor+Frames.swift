import Engine
import Protocol

/// Frames tell the truth and join.
extension Auditor {
    mutating func subscribe(_ connection: ConnectionID, _ version: Version) {
        if let feed = feeds[connection] {
            blame(
                unless(
                    feed.version == version, .joiningFrames,
                    "connection \(connection.rawValue) goes on at \(version) from \(feed.version)"))
        } else {
            feedOrder.append(connection)
        }
        feeds[connection] = (version, true)
    }

    mutating func expect(_ connection: ConnectionID, _ version: Version) {
        guard feeds[connection] == nil else { return }
        feeds[connection] = (version, false)
        feedOrder.append(connection)
    }

    mutating func publish(_ run: PixelRun) {
        verdict.tally.frames += 1
        checkFrame(run)
        for connection in feedOrder where feeds[connection]?.isOn == true { follow(connection, run) }
    }

    mutating func follow(_ connection: ConnectionID, _ run: PixelRun) {
        guard let feed = feeds[connection] else {
            blame(unless(false, .joiningFrames, "connection \(connection.rawValue) gets frames unasked"))
            return
        }
        blame(
            unless(
                run.from == feed.version, .joiningFrames,
                "connection \(connection.rawValue) is at \(feed.version), its frame from \(run.from)"))
        feeds[connection]?.version = run.to
    }

    mutating func checkFrame(_ run: PixelRun) {
        blame(unless(run.to <= history.version, .durableFirst, "a frame to \(run.to) at \(history.version)"))
        guard run.to <= history.version, run.from >= 0, run.from < run.to else {
            blame(unless(run.from < run.to, .trueFrames, "a frame from \(run.from) to \(run.to)"))
            return
        }
        let truth = history.merged(from: run.from, to: run.to).map {
            Pixel(x: $0.cell % size.width, y: $0.cell / size.width, color: $0.color)
        }
        blame(unless(run.pixels == truth, .trueFrames, "the frame from \(run.from) to \(run.to)"))
    }
}
