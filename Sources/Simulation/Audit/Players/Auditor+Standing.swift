import Engine
import Game
import Protocol

/// After each step: everyone stands where the model says.
extension Auditor {
    mutating func judge(_ standing: Standing) {
        noteHead(standing.headVersion)
        noteActs(standing)
        blame(
            unless(
                standing.playing.count <= max(players.capacity, hosting.crowd.playing), .places,
                "\(standing.playing.count) play, \(players.capacity) may"))
        blame(
            unless(
                standing.queue.count <= max(players.maxQueued, hosting.crowd.waiting), .places,
                "\(standing.queue.count) wait, \(players.maxQueued) may"))
        hosting.crowd = (standing.playing.count, standing.queue.count)
        let connected = players.connected
        paths.follow(standing, isPresent: connected.contains, into: &verdict)
        judgePlaces(standing)
        judgeLine(standing)
        judgeDeadlines(standing)
        judgeBans()
        judgeBanEnds()
        blame(
            unless(
                standing.isAdmissionPaused == players.isPaused, .admission,
                "admission is \(standing.isAdmissionPaused ? "" : "not ")paused"))
        blame(
            unless(
                standing.connections == sockets.count, .oneSocket,
                "\(standing.connections) sockets are open, not \(sockets.count)"))
        blame(
            unless(
                standing.presences == presences.count, .presence,
                "\(standing.presences) are present, not \(presences.count)"))
        // Where the time to idle has just grown, players are told of it in the next step.
        guard verdict.nowUs > hosting.turnedUs + latenessUs else { return }
        told.judge(players, atUs: verdict.nowUs, latenessUs: latenessUs, into: &verdict)
    }

    /// A push or an answer that counted moved a deadline in this step.
    private mutating func noteActs(_ standing: Standing) {
        let movedUs = verdict.nowUs + players.idleUs
        for (account, deadlineUs) in zip(standing.playing, standing.deadlinesUs)
        where deadlineUs == movedUs && players.mayAct.contains(account) && players.plays(account) {
            players.act(account, atUs: verdict.nowUs)
        }
        players.mayAct = []
    }

    /// No place is free while someone who is there waits.
    private mutating func judgePlaces(_ standing: Standing) {
        guard standing.playing.count < players.capacity, !players.isPaused, !players.isStopping else {
            return
        }
        let unserved = standing.queue.first(where: players.connected.contains)
        blame(
            unless(
                unserved == nil, .noLeak,
                "\(unserved.map { "\($0)" } ?? "") waits though only \(standing.playing.count) play"))
    }

    private mutating func judgeLine(_ standing: Standing) {
        let playing = players.playing
        if standing.playing != playing {
            for account in standing.playing where !players.plays(account) {
                let isWaiting = players.position(of: account) != nil
                blame(
                    unless(
                        false, isWaiting ? .queueOrder : .afkInTime, "\(account) plays out of turn or time"))
            }
            let lost = playing.first { !standing.playing.contains($0) }
            blame(unless(false, .noLeak, "\(lost.map { "\($0)" } ?? "") has no place though it should"))
        }
        let waiting = players.waiting
        if standing.queue != waiting {
            let gained = standing.queue.filter { !waiting.contains($0) }
            let lost = waiting.filter { !standing.queue.contains($0) }
            let isSame = gained.isEmpty && lost.isEmpty
            blame(
                unless(
                    false, isSame ? .queueOrder : .lawfulStates,
                    isSame
                        ? "the line is \(standing.queue), not \(waiting)"
                        : "\(gained) wait though they shouldn't, \(lost) should"))
        }
        blame(
            unless(
                standing.stalled == players.stalledCount, .oneSocket,
                "\(standing.stalled) play without a socket, not \(players.stalledCount)"))
    }

    private mutating func judgeDeadlines(_ standing: Standing) {
        for (account, deadlineUs) in zip(standing.playing, standing.deadlinesUs) {
            blame(unless(deadlineUs > verdict.nowUs, .noLeak, "\(account) plays with no deadline ahead"))
            guard let trueUs = players.deadlines[account] else { continue }
            blame(
                unless(
                    deadlineUs == trueUs, .afkInTime,
                    "\(account)'s deadline is \(deadlineUs - trueUs) us from where its last action put it"))
        }
    }
}
