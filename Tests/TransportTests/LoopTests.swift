import Glibc
import Testing

@testable import Transport

@Suite("The loop")
struct LoopTests {
    @Test("timers fire in order, never early, once a schedule; a cancelled one doesn't")
    func timers() throws {
        let net = try Loopback()
        var fired: [String] = []
        let start = net.loop.monotonicUs
        var lateness: Int64 = -1
        let late = net.loop.makeTimer {
            fired.append("late")
            lateness = net.loop.monotonicUs - start
        }
        let early = net.loop.makeTimer { fired.append("early") }
        let never = net.loop.makeTimer { fired.append("never") }
        never.schedule(afterMs: 2)
        late.schedule(afterMs: 1)
        late.schedule(afterUs: 20_500)
        early.schedule(afterMs: 5)
        never.cancel()
        net.wait("late one") { fired.contains("late") }
        net.settle()
        #expect(fired == ["early", "late"])
        #expect(lateness >= 20_500)
        net.close()
    }

    @Test("a delay of any size is taken", arguments: [Int.min, -1, .max, .max / 1000])
    func anyDelay(delay: Int) throws {
        let net = try Loopback()
        var fired = 0
        let timer = net.loop.makeTimer { fired += 1 }
        timer.schedule(afterMs: delay)
        timer.schedule(afterUs: delay)
        net.settle()
        #expect(fired == (delay < 0 ? 1 : 0))
        net.close()
    }

    @Test("a dropped timer doesn't fire and lets its loop go")
    func droppedTimer() throws {
        weak var weakLoop: EventLoop?
        do {
            let net = try Loopback()
            weakLoop = net.loop
            net.loop.makeTimer { Issue.record("fired") }.schedule(afterMs: 1)
            net.settle()
            net.close()
        }
        #expect(weakLoop == nil)
    }

    @Test("what ends the iteration runs after the callbacks, before afterPoll, and may go on")
    func endOfIteration() throws {
        let loop = try EventLoop()
        var order: [String] = []
        loop.afterPoll { order.append("poll") }
        let timer = loop.makeTimer {
            loop.atEndOfIteration {
                order.append("end")
                loop.atEndOfIteration { order.append("end again") }
            }
            order.append("timer")
        }
        timer.schedule(afterMs: 1)
        loop.run(until: { order.contains("poll") }, timeoutMs: Loopback.patienceMs)
        #expect(order.prefix(4) == ["timer", "end", "end again", "poll"])
    }

    @Test("run goes on until stop")
    func stop() throws {
        let loop = try EventLoop()
        var turns = 0
        let timer = loop.makeTimer {
            turns += 1
            loop.stop()
        }
        timer.schedule(afterMs: 1)
        loop.run()
        timer.schedule(afterMs: 1)
        loop.run()
        #expect(turns == 2)
    }

    @Test("a mailbox takes messages from many threads, each thread's in order")
    func mailbox() throws {
        let loop = try EventLoop()
        let count = 2_000
        var received: [(sender: Int, number: Int)] = []
        let mailbox = try loop.makeMailbox { (message: (Int, Int)) in received.append(message) }
        let senders = (0..<4).map { sender in
            Thread { for number in 0..<count { mailbox.send((sender, number)) } }
        }
        #expect(loop.run(until: { received.count == 4 * count }, timeoutMs: Loopback.patienceMs))
        senders.forEach { $0.join() }
        mailbox.close()
        for sender in 0..<4 {
            #expect(received.filter { $0.sender == sender }.map(\.number) == Array(0..<count))
        }
    }

    @Test("sending while the loop closes its mailbox neither crashes nor delivers")
    func mailboxCloses() throws {
        for _ in 0..<20 {
            let loop = try EventLoop()
            var count = 0
            let mailbox = try loop.makeMailbox { (_: Int) in count += 1 }
            let thread = Thread {
                var number = 0
                while mailbox.send(number) { number += 1 }
            }
            loop.run(until: { count > 10 }, timeoutMs: Loopback.patienceMs)
            mailbox.close()
            let atClose = count
            thread.join()
            loop.run(until: { false }, timeoutMs: 2)
            #expect(count == atClose)
            #expect(!mailbox.send(1))
        }
    }

    @Test("a signal is heard on the loop")
    func signals() throws {
        let loop = try EventLoop()
        var count = 0
        try loop.onSignal(SIGUSR2) { count += 1 }
        kill(getpid(), SIGUSR2)
        #expect(loop.run(until: { count == 1 }, timeoutMs: Loopback.patienceMs))
    }

    @Test("the limit on open files is at the hard limit after raising it")
    func openFiles() {
        let raised = ProcessLimits.raiseOpenFiles()
        #expect(raised > 0)
        #expect(ProcessLimits.raiseOpenFiles() == raised)
    }
}
