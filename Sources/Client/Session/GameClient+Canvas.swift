import Protocol
import Transport

// Keeping the replica current, by frames and by fetches.
extension GameClient {
    private static let minRetryMs = 50

    func follow(_ event: CanvasReplica.Event) {
        guard configuration.followsCanvas else { return }
        let wasCurrent = replica.isCurrent
        perform(replica.receive(event), wasCurrent: wasCurrent)
    }

    private func perform(_ actions: [CanvasReplica.Action], wasCurrent: Bool) {
        var isTold = false
        for action in actions {
            switch action {
            case .changed(let pixels, let version):
                isTold = true
                onEvent(.changed(pixels, version: version))
            case .replaced:
                isTold = true
                tellReplaced()
            case .fetchSnapshot: fetchSnapshot()
            case .fetchChanges(let from, let epoch): fetchChanges(from: from, epoch: epoch)
            }
        }
        // That nothing is missing is news, too.
        if !isTold, !wasCurrent, replica.isCurrent, let version = replica.version {
            onEvent(.changed([], version: version))
        }
    }

    private func tellReplaced() {
        guard let size = replica.size, let epoch = replica.epoch, let version = replica.version else {
            return
        }
        let picture = CanvasPicture(
            size: size, epoch: epoch, version: version, cells: replica.cells, palette: palette)
        onEvent(.replaced(picture))
    }

    private func fetchSnapshot() {
        session?.send(.snapshot(ifNoneMatch: nil)) { [weak self] result in
            guard let self else { return }
            switch result {
            case .failure(let failure): fetchFailed(failure)
            case .success(let response):
                guard let answer = SnapshotAnswer(response) else {
                    return fetchFailed(.unreachable("the server's snapshot has no proper head"))
                }
                fetched { $0.receive(answer) }
            }
        }
    }

    private func fetchChanges(from: Version, epoch: Int) {
        session?.send(.changes(from: from, to: nil, epoch: epoch)) { [weak self] result in
            guard let self else { return }
            switch result.answer(ChangesAnswer.self) {
            case .failure(let failure):
                if case .refused(let refusal, _) = failure, refusal.code == .cooldown {
                    polling.refused(retryAfterMs: refusal.retryAfterMs ?? 0, atUs: loop.monotonicUs)
                }
                fetchFailed(failure)
            case .success(let answer):
                polling.answered(atUs: loop.monotonicUs)
                fetched { $0.receive(answer) }
            }
        }
    }

    private func fetched(_ take: (inout CanvasReplica) -> [CanvasReplica.Action]) {
        if case .waiting = state, isPolling { enterWatching() }
        let wasCurrent = replica.isCurrent
        perform(take(&replica), wasCurrent: wasCurrent)
        planFetch()
    }

    /// Plans the next fetch where no frame will set it off.
    func planFetch() {
        guard state == .connected || state == .watching, configuration.followsCanvas else { return }
        if replica.isWaiting {
            timers?.fetch.schedule(afterMs: Backoff.baseMs)
        } else if !replica.isLive {
            timers?.fetch.schedule(afterMs: polling.pauseMs)
        }
    }

    private func fetchFailed(_ failure: CallFailure) {
        follow(.failed(failure.failure))
        let retryAfterMs = failure.failure.retryAfterMs
        switch (failure, state) {
        case (.unreachable(let reason, _), .watching): lost(reason)
        // Asking again and again mends neither a ban nor a sign-in that is over.
        case (.refused(let refusal, status: 400..<500), .watching) where !Self.mayPass(refusal.code):
            judge(failure)
        case (_, .connected), (_, .watching):
            timers?.fetch.schedule(afterMs: max(Self.minRetryMs, retryAfterMs ?? Backoff.baseMs))
        default: break
        }
    }

    /// Whether a refused fetch may be answered the next time.
    private static func mayPass(_ code: ErrorCode) -> Bool {
        switch code {
        case .rateLimited, .cooldown, .epochChanged, .versionAhead: true
        default: false
        }
    }

    /// The fetch's timer: something is missing, or a spectator's pause is over.
    func fetchIfDue() {
        guard state == .connected || state == .watching else { return }
        follow(.due)
    }
}
