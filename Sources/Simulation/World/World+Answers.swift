import Engine
import Protocol

extension World {
    /// Shows the auditor an answer and sends it on its way, once.
    mutating func respond(_ id: RequestID, _ answer: Answer) {
        auditor.observe(.answered(id), atUs: nowUs)
        guard let request = requests.removeValue(forKey: id) else { return }
        show(answer, to: request)
        if case .view(.stream) = answer { plan(.streamReads(run: run, id), inUs: milliseconds(1...20)) }
        digest.add(id.rawValue)
        digest.add(nowUs)
        let isLost = scenario.faults.contains(.drop) && !isQuiet && chance(3)
        if case .upgrade(let identity, let play, let relay) = answer {
            open(identity, play: play, relay: relay, for: request.person, isLost: isLost)
        } else {
            plan(.answers(isLost ? nil : answer, request.purpose, person: request.person), inUs: latencyUs())
        }
    }

    private mutating func show(_ answer: Answer, to request: Inquiry) {
        let route = request.route
        var identity: Identity?
        if case .valid(let proved) = request.caller.credential, request.wasAccepted { identity = proved }
        // Reads see the players as they were before the step, the rest as they are during it.
        let isSpectator = request.wasSpectator && isSpectator(identity)
        let watcher = isSpectator ? identity.map { "\($0.id)" } ?? request.caller.address : nil
        switch answer {
        case .placed(let placed):
            guard let identity else { return }
            let pixel: Pixel? = if case .placePixel(let pixel) = route { pixel } else { nil }
            auditor.observe(.acknowledged(placed, account: identity.id, pixel: pixel), atUs: nowUs)
        case .canvas(let canvas):
            auditor.observe(.headShown(canvas.head), atUs: nowUs)
            auditor.observe(.showed(canvas.snapshotVersion), atUs: nowUs)
        case .metrics(let counts): auditor.observe(.showed(counts.version), atUs: nowUs)
        case .pixel(let pixel): auditor.observe(.showed(pixel.version), atUs: nowUs)
        case .snapshot(let snapshot):
            auditor.observe(.snapshotGiven(snapshot), atUs: nowUs)
            if let watcher {
                auditor.observe(.spectatorGiven(kind: "snapshot", watcher: watcher, atUs: nowUs), atUs: nowUs)
            }
        case .changes(let changes):
            if case .changes(let from, let to, _) = route {
                auditor.observe(.changesGiven(changes, from: from, to: to), atUs: nowUs)
            }
            if let watcher {
                auditor.observe(.spectatorGiven(kind: "changes", watcher: watcher, atUs: nowUs), atUs: nowUs)
            }
        case .touched(let touched):
            auditor.observe(.touchedGiven(touched), atUs: nowUs)
            showMade("touched", to: request, watcher)
        case .history(let history): auditor.observe(.showed(history.latestVersion), atUs: nowUs)
        case .historyState(let state): show(state.snapshot)
        case .historyPage(let page): show(page)
        case .png: showMade("png", to: request, watcher)
        case .view(.text): showMade("text", to: request, watcher)
        case .view(.stream): showMade("watch", to: request, watcher)
        case .guest, .challenge, .session, .me, .notModified, .upgrade, .done, .ready, .healthy, .openAPI,
            .clicks, .clickGame, .contributions, .relay, .relays, .puzzle, .attempt, .relayPoints,
            .leaderboard,
            .skins, .baseColors, .purchased, .skin, .ad, .created, .host, .failure, .authMethods,
            .deviceAuthorization, .page, .view(.page), .figures:
            break
        }
    }

    /// Shows a canvas of the past, which the auditor knows unpacked.
    private mutating func show(_ past: SnapshotAnswer) {
        var past = past
        past.zlib = (try? SnapshotCodec.inflate(past.zlib, cellCount: past.size.cellCount)) ?? []
        auditor.observe(.snapshotGiven(past), atUs: nowUs)
    }

    /// Shows a page of the past as the changes that it tells of.
    private mutating func show(_ page: HistoryPage) {
        let pixels = page.changes.map { Pixel(x: Int($0.x), y: Int($0.y), color: $0.color) }
        let run = PixelRun(from: page.from, to: page.to, epoch: page.epoch, pixels: pixels)
        auditor.observe(
            .changesGiven(ChangesAnswer(run: run), from: page.from, to: page.to), atUs: nowUs)
    }

    /// Shows that a spectator got what was made for it.
    ///
    /// The cooldown counts from the asking; the making takes as long as it takes.
    private mutating func showMade(_ kind: String, to request: Inquiry, _ watcher: String?) {
        guard request.wasSpectator, let watcher else { return }
        auditor.observe(.spectatorGiven(kind: kind, watcher: watcher, atUs: request.takenUs), atUs: nowUs)
    }
}
