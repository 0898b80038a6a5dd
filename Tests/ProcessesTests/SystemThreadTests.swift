import Glibc
import Processes
import Synchronization
import Testing

@Suite("A thread") struct SystemThreadTests {
    @Test func `does what it is given with every signal blocked, and is waited for`() throws {
        let seen = Mutex<(hasRun: Bool, blocksHangUp: Bool)>((false, false))
        let thread = try SystemThread {
            var blocked = sigset_t()
            pthread_sigmask(SIG_BLOCK, nil, &blocked)
            let blocksHangUp = sigismember(&blocked, SIGHUP) == 1
            seen.withLock { $0 = (true, blocksHangUp) }
        }
        thread.join()
        #expect(seen.withLock { $0.hasRun && $0.blocksHangUp })
    }
}
