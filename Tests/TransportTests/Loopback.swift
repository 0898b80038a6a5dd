import Testing

@testable import Transport

/// A loop with a listener and raw peers on it, all on the test's own thread.
final class Loopback {
    let loop: EventLoop
    private(set) var listener: HTTPListener?
    private var peers: [RawPeer] = []

    /// Nothing in a test should take longer than this.
    static let patienceMs = 60_000

    init() throws { loop = try EventLoop() }

    func listen(
        limits: ListenerLimits = ListenerLimits(), tls: TLSServerSettings? = nil,
        onRequest: @escaping (HTTPExchange) -> Void
    ) throws {
        listener = try HTTPListener(
            loop: loop, host: "127.0.0.1", port: 0, tls: tls, limits: limits, onRequest: onRequest)
    }

    var url: ServerURL { get throws { try #require(ServerURL("http://127.0.0.1:\(listener?.port ?? 0)")) } }

    /// A TCP connection that speaks only what the test says.
    func connect() throws -> RawPeer {
        let peer = RawPeer(loop: loop)
        peers.append(peer)
        var failure: TransportError?
        TCPConnector(loop: loop, url: try url) { result in
            switch result {
            case .success(let stream): peer.begin(stream)
            case .failure(let error): failure = error
            }
        }.start()
        wait("connected") { peer.isConnected || failure != nil }
        if let failure { throw failure }
        return peer
    }

    /// Runs the loop until the condition holds; records an issue where it doesn't in time.
    func wait(
        _ what: String, sourceLocation: SourceLocation = #_sourceLocation, until condition: () -> Bool
    ) {
        if !loop.run(until: condition, timeoutMs: Self.patienceMs) {
            Issue.record("waited in vain: \(what)", sourceLocation: sourceLocation)
        }
    }

    /// Lets the loop go round until it has seen everything sent before this call.
    func settle() {
        var turns = 0
        let timer = loop.makeTimer { turns += 1 }
        for _ in 0..<5 {
            let before = turns
            timer.schedule(afterMs: 1)
            loop.run(until: { turns > before }, timeoutMs: Self.patienceMs)
        }
    }

    func close() {
        peers.forEach { $0.close() }
        listener?.closeAll()
        settle()
    }
}

/// The other end of a connection, byte by byte.
final class RawPeer: StreamOwner {
    private(set) var received: [UInt8] = []
    private(set) var didEnd = false
    private(set) var isConnected = false
    private let loop: EventLoop
    private(set) var stream: TCPStream?

    init(loop: EventLoop) { self.loop = loop }

    func begin(_ stream: TCPStream) {
        self.stream = stream
        isConnected = true
        stream.start(owner: self, tls: nil)
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) { stream?.send(ByteBlock(bytes)) }

    /// Ends this side only.
    func end() { stream?.end() }

    func pause() { stream?.pauseReading() }

    func resume() { stream?.resumeReading() }

    func close() { stream?.close() }

    var text: String { String(decoding: received, as: UTF8.self) }

    /// Takes what was received so far.
    func take() -> [UInt8] {
        defer { received = [] }
        return received
    }

    func streamDidOpen() {}

    func streamDidRead(_ bytes: UnsafeRawBufferPointer) { received.append(contentsOf: bytes) }

    func streamDidEnd() { didEnd = true }

    func streamDidFail(_ error: TransportError) { didEnd = true }

    func streamBacklogDidChange() {}

    func streamDeadlineDidPass() {}
}

/// Whether the bytes of a text occur in another, how often.
func occurrences(of part: String, in text: String) -> Int {
    text.components(splitBy: part).count - 1
}

extension String {
    fileprivate func components(splitBy separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
