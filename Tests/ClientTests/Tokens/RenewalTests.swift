import Glibc
import Protocol
import Stage
import Testing
import Transport

@testable import Client

@Suite("A renewal", .serialized)
struct RenewalTests {
    private static let hasty = Renewal.Patience(answerMs: 30, lockMs: 60_000, firstPauseMs: 1)

    @Test("refreshes what it has, under one sign-in", arguments: [true, false])
    func refreshes(isKept: Bool) throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        let session = sessions.add(isKept: isKept)
        for _ in 0..<5 { #expect(sessions.renew(session)?.isGood == true) }
        let served = sessions.server.sessions
        #expect(served.signInCount == 1 && served.refreshCount == 4 && served.repeatCount == 0)
        #expect((sessions.file.read()?.accessToken == session.token) == isKept)
    }

    @Test("takes what another program got meanwhile, and asks for nothing")
    func adopts() throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        let (one, other) = (sessions.add(), sessions.add())
        #expect(sessions.renew(one)?.isGood == true)
        let before = sessions.server.calls.count
        #expect(sessions.renew(other)?.isGood == true)
        #expect(other.token == one.token && sessions.server.calls.count == before)
        #expect(sessions.renew(one)?.isGood == true)
        #expect(sessions.renew(other)?.isGood == true)
        #expect(other.token == one.token && sessions.server.sessions.refreshCount == 1)
    }

    @Test("repeats a refresh whose answer was lost, and gets the same", arguments: [true, false])
    func lostAnswer(isKept: Bool) throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        let session = sessions.add(isKept: isKept, Self.hasty)
        #expect(sessions.renew(session)?.isGood == true)
        var losses = 2
        sessions.server.loses = { route in
            guard case .refresh = route, losses > 0 else { return nil }
            losses -= 1
            return .answer
        }
        #expect(sessions.renew(session)?.isGood == true)
        let served = sessions.server.sessions
        #expect(served.refreshCount == 3 && served.repeatCount == 2)
        #expect(served.reuseCount == 0 && served.signInCount == 1)
    }

    @Test("that ended before its answer came is taken up by the next program")
    func cutShort() throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        let (one, other) = (sessions.add(), sessions.add())
        #expect(sessions.renew(one)?.isGood == true)
        #expect(sessions.renew(other)?.isGood == true)
        sessions.server.loses = { _ in .answer }
        one.renew { _ in }
        #expect(sessions.scene.run { sessions.server.sessions.refreshCount == 1 })
        one.close()
        #expect(sessions.file.read()?.refreshSentMs != nil)
        sessions.server.loses = { _ in nil }
        #expect(sessions.renew(other)?.isGood == true)
        let served = sessions.server.sessions
        #expect(served.repeatCount == 1 && served.reuseCount == 0 && served.signInCount == 1)
        #expect(sessions.file.read()?.refreshSentMs == nil)
    }

    @Test("where nobody listens leaves the refresh token as it was")
    func nobodyThere() throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        let session = sessions.add()
        #expect(sessions.renew(session)?.isGood == true)
        let file = sessions.file
        sessions.server.close()
        #expect(sessions.renew(session)?.isGood == false)
        #expect(file.read()?.refreshSentMs == nil && file.read()?.accessToken == session.token)
    }

    @Test(
        "signs in by the key where the refresh token is worth nothing",
        arguments: [ErrorCode.refreshReused, .invalidRefreshToken, .badRequest])
    func refused(code: ErrorCode) throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        let session = sessions.add()
        #expect(sessions.renew(session)?.isGood == true)
        sessions.server.refreshRefusals = [Failure(code, "no")]
        #expect(sessions.renew(session)?.isGood == true)
        #expect(sessions.server.sessions.signInCount == 2)
        #expect(sessions.file.read()?.accessToken == session.token)
    }

    @Test(
        "that the server puts off is no reason to sign in anew",
        arguments: [ErrorCode.rateLimited, .storageUnavailable])
    func putOff(code: ErrorCode) throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        let session = sessions.add(Self.hasty)
        #expect(sessions.renew(session)?.isGood == true)
        sessions.server.refreshRefusals = Array(repeating: Failure(code, "later"), count: 5)
        while !sessions.server.refreshRefusals.isEmpty { _ = sessions.renew(session) }
        #expect(sessions.renew(session)?.isGood == true)
        #expect(sessions.server.sessions.signInCount == 1 && sessions.server.sessions.reuseCount == 0)
    }

    @Test("that is put off after a lost answer still knows that the token went out")
    func putOffAfterLoss() throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        let session = sessions.add(Self.hasty)
        #expect(sessions.renew(session)?.isGood == true)
        sessions.server.loses = { [weak server = sessions.server] route in
            guard case .refresh = route, let server else { return nil }
            if server.sessions.refreshCount == 0 { return .answer }
            server.refreshRefusals = [Failure(.rateLimited, "later")]
            return nil
        }
        #expect(sessions.renew(session)?.isGood == false)
        #expect(sessions.server.sessions.refreshCount == 1)
        #expect(sessions.file.read()?.refreshSentMs != nil)
    }

    @Test("that can't be kept is the last of its sign-in: others may know its token from the old file")
    func unkept() throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        let session = sessions.add()
        #expect(sessions.renew(session)?.isGood == true)
        let directory = sessions.state.keyring.directory
        defer {
            unlink(directory)
            rename(directory + ".gone", directory)
        }
        sessions.server.loses = { route in
            // Between the mark that the token goes out and the answer.
            guard case .refresh = route else { return nil }
            rename(directory, directory + ".gone")
            close(creat(directory, 0o600))
            return nil
        }
        #expect(sessions.renew(session)?.isGood == true)
        #expect(sessions.server.sessions.refreshCount == 1)
        #expect(sessions.renew(session)?.isGood == true)
        #expect(sessions.server.sessions.refreshCount == 1 && sessions.server.sessions.signInCount == 2)
    }

    @Test("under way doesn't bring back a session that ends meanwhile")
    func ended() throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        sessions.server.sessions.expiresInSeconds = 1
        let session = sessions.add(Renewal.Patience(retryMs: 20))
        #expect(sessions.renew(session)?.isGood == true)
        sessions.server.loses = { _ in .answer }
        // The session's own timer asks.
        #expect(sessions.scene.run { sessions.server.sessions.refreshCount == 1 })
        session.drop()
        sessions.server.loses = { _ in nil }
        sessions.scene.loop.run(until: { sessions.server.sessions.signInCount > 1 }, timeoutMs: 300)
        #expect(sessions.server.sessions.signInCount == 1 && session.token == nil)
    }

    @Test(
        "doesn't wait for ever for whoever holds the lock: it signs in for itself and leaves the file alone")
    func lockedOut() throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        let one = sessions.add()
        #expect(sessions.renew(one)?.isGood == true)
        let lock = try #require(try sessions.file.lock())
        let other = sessions.add(Renewal.Patience(lockMs: 100))
        #expect(sessions.renew(other)?.isGood == true)
        #expect(sessions.server.sessions.signInCount == 2 && sessions.server.sessions.refreshCount == 0)
        withExtendedLifetime(lock) { #expect(sessions.file.read()?.accessToken == one.token) }
    }
}
