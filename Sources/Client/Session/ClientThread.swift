import Glibc
public import Protocol
public import Transport

/// A client on a thread of its own, for programs that wait for something else than sockets.
///
/// Commands may come from any thread; events are delivered on the client's.
public final class ClientThread: Sendable {
    /// What its owner can ask for.
    fileprivate enum Command: Sendable {
        case play, leave, undo, stop
        case place(Pixel)
        case rename(String)
        case send(ClientEnvelope)
        case click(Int)
        case join(Identifier)
        case leaveRoom(Identifier)
        case answer(relay: Identifier, puzzle: Identifier, String)
        case startRun(ArcadeGameID)
        case point(RunPoint)
        case endRun(Identifier)
        case perform(@Sendable (GameClient) -> Void)
    }

    /// What the thread takes over and alone touches from its start on.
    fileprivate final class Work {
        let loop: EventLoop
        let client: GameClient
        var mailbox: Mailbox<Command>?

        init(loop: EventLoop, client: GameClient) {
            self.loop = loop
            self.client = client
        }
    }

    private let mailbox: Mailbox<Command>
    private let thread: pthread_t

    /// Starts the thread and the client.
    public init(
        configuration: ClientConfiguration, onEvent: @escaping @Sendable (ClientEvent) -> Void
    ) throws(TransportError) {
        let loop = try EventLoop()
        let client = GameClient(loop: loop, configuration: configuration, onEvent: onEvent)
        let work = Work(loop: loop, client: client)
        mailbox = try loop.makeMailbox { [weak work] (command: Command) in work?.perform(command) }
        work.mailbox = mailbox
        var thread = pthread_t()
        let handle = Unmanaged.passRetained(work).toOpaque()
        let status = pthread_create(
            &thread, nil,
            { handle in
                guard let handle else { return nil }
                let work = Unmanaged<Work>.fromOpaque(handle).takeRetainedValue()
                work.run()
                return nil
            }, handle)
        guard status == 0 else {
            Unmanaged<Work>.fromOpaque(handle).release()
            throw TransportError(.system, "can't start a thread: \(String(cString: strerror(status)))")
        }
        self.thread = thread
    }

    /// Asks to play; a client that was closed, or sent away for idling, comes back for it.
    public func play() { mailbox.send(.play) }

    /// Stops playing; the connection stays.
    public func leave() { mailbox.send(.leave) }

    /// Asks for a cell's new color; the answer is the event `.placed` or `.failed`.
    public func place(x: Int, y: Int, color: UInt8) {
        mailbox.send(.place(Pixel(x: x, y: y, color: color)))
    }

    /// Asks to take the latest placement back.
    public func undo() { mailbox.send(.undo) }

    /// Asks for another name; the answer is the event `.renamed` or `.renameFailed`.
    public func rename(_ name: String) { mailbox.send(.rename(name)) }

    /// Sends a message under an id of one's own, which the answer repeats; nothing happens without a connection.
    public func send(_ envelope: ClientEnvelope) { mailbox.send(.send(envelope)) }

    /// Counts clicks; the answers are the events `.clicksAccepted` and `.clicksDropped`.
    public func click(count: Int = 1) { mailbox.send(.click(count)) }

    /// Enters a relay's room; the answer is the event `.relay` with its state, or `.roomRefused`.
    public func join(relay: Identifier) { mailbox.send(.join(relay)) }

    /// Leaves a relay's room.
    public func leaveRoom(relay: Identifier) { mailbox.send(.leaveRoom(relay)) }

    /// Tries a puzzle; what it led to is told by the event `.relay`, a refusal by `.failed`.
    public func answer(relay: Identifier, puzzle: Identifier, _ text: String) {
        mailbox.send(.answer(relay: relay, puzzle: puzzle, text))
    }

    /// Begins a run; the answer is the event `.runStarted` or `.runRefused`.
    public func startRun(_ game: ArcadeGameID) { mailbox.send(.startRun(game)) }

    /// Claims a hit; the answer is the event `.scored` or `.pointRefused`.
    public func point(_ point: RunPoint) { mailbox.send(.point(point)) }

    /// Gives a run up; the answer is the event `.runEnded`.
    public func endRun(_ run: Identifier) { mailbox.send(.endRun(run)) }

    /// Does something with the client on its thread, such as a call whose answer goes to a closure.
    public func perform(_ work: @escaping @Sendable (GameClient) -> Void) { mailbox.send(.perform(work)) }

    /// Closes the connection and waits for the thread to end; to be called once, from another thread.
    public func stop() {
        mailbox.send(.stop)
        pthread_join(thread, nil)
    }
}

extension ClientThread.Work {
    fileprivate func run() {
        client.start()
        loop.run()
        // One more turn lets the socket's farewell leave.
        var turns = 0
        loop.run(
            until: {
                turns += 1
                return turns > 2
            }, timeoutMs: 20)
    }

    fileprivate func perform(_ command: ClientThread.Command) {
        switch command {
        case .play: client.play()
        case .leave: client.leave()
        case .undo: client.undo()
        case .place(let pixel): client.place(x: pixel.x, y: pixel.y, color: pixel.color)
        case .rename(let name): client.rename(name)
        case .send(let envelope): client.send(envelope)
        case .click(let count): client.click(count: count)
        case .join(let relay): client.join(relay: relay)
        case .leaveRoom(let relay): client.leaveRoom(relay: relay)
        case .answer(let relay, let puzzle, let text): client.answer(relay: relay, puzzle: puzzle, text)
        case .startRun(let game): client.startRun(game)
        case .point(let point): client.point(point)
        case .endRun(let run): client.endRun(run)
        case .perform(let work): work(client)
        case .stop:
            client.stop()
            mailbox?.close()
            loop.stop()
        }
    }
}
