import Protocol
import Transport

/// A sign-in by a code on its way: asks, waits and asks again on the client's loop.
final class CodeSignIn {
    /// Asks for a code; linking asks with the account's token.
    typealias Authorize = (@escaping RouteCaller.Completion) -> Void

    /// What no code outlasts, and no server makes wait for, in seconds.
    private static let longestLifeSeconds = 86_400
    private static let longestIntervalSeconds = 3_600

    private let loop: EventLoop
    private let caller: RouteCaller
    private let authorize: Authorize
    private let onNews: (SignInNews) -> Void
    private let onEnd: (CodeFlow.Ending) -> Void
    private var flow: CodeFlow
    private var timer: LoopTimer?

    /// Takes what it asks with; nothing happens before `start`.
    ///
    /// - Parameters:
    ///   - caller: asks whether the code was confirmed; closed at the end.
    ///   - onEnd: hears of the end once, as long as the sign-in is held on to.
    init(
        loop: EventLoop, caller: RouteCaller, patience: CodeFlow.Patience, authorize: @escaping Authorize,
        onNews: @escaping (SignInNews) -> Void, onEnd: @escaping (CodeFlow.Ending) -> Void
    ) {
        self.loop = loop
        self.caller = caller
        self.authorize = authorize
        self.onNews = onNews
        self.onEnd = onEnd
        flow = CodeFlow(patience: patience)
    }

    func start() { follow(.askForCode) }

    func close() {
        timer = nil
        caller.close()
    }

    private var nowMs: Int64 { loop.monotonicUs / 1000 }

    private func follow(_ order: CodeFlow.Order) {
        switch order {
        case .askForCode:
            authorize { [weak self] in self?.takeCode($0.answer(DeviceAuthorizationAnswer.self)) }
        case .poll(let deviceCode):
            caller.call(.auth(.poll(deviceCode: deviceCode)), token: nil) { [weak self] in
                self?.takeSession($0.answer(SessionAnswer.self))
            }
        case .wait(let ms):
            let timer = loop.makeTimer { [weak self] in
                guard let self else { return }
                follow(flow.waited(nowMs: nowMs))
            }
            timer.schedule(afterMs: Int(ms))
            self.timer = timer
        case .end(let ending):
            close()
            onEnd(ending)
        }
    }

    private func takeCode(_ result: Result<DeviceAuthorizationAnswer, CallFailure>) {
        switch result {
        case .failure(let failure): fail(failure)
        case .success(let answer):
            let code = SignInCode(
                userCode: answer.userCode.description, address: answer.verificationURI,
                wholeAddress: answer.verificationURIComplete,
                lifeMs: Int64(min(answer.expiresInSeconds, Self.longestLifeSeconds)) * 1000)
            guard let code else {
                let failure = Failure(.internalError, "the server's code can't be shown")
                return follow(.end(.refused(failure)))
            }
            let grant = CodeFlow.Grant(
                deviceCode: answer.deviceCode, code: code,
                intervalMs: Int64(min(answer.intervalSeconds, Self.longestIntervalSeconds)) * 1000)
            let order = flow.take(grant, nowMs: nowMs)
            onNews(.code(code))
            follow(order)
        }
    }

    private func takeSession(_ result: Result<SessionAnswer, CallFailure>) {
        switch result {
        case .failure(let failure): fail(failure)
        case .success(let answer): follow(.end(.granted(answer)))
        }
    }

    private func fail(_ failure: CallFailure) {
        let wasUnreachable = flow.isUnreachable
        let order = flow.take(failure, nowMs: nowMs)
        if flow.isUnreachable {
            onNews(.unreachable(failure.failure.message))
        } else if wasUnreachable, case .wait = order {
            onNews(.reachable)
        }
        follow(order)
    }
}
