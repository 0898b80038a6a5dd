import CUV

/// Looks a server up and connects to its addresses one after the other until one answers.
final class TCPConnector {
    /// How it went; the stream isn't started yet.
    typealias Completion = (Result<TCPStream, TransportError>) -> Void

    private let loop: EventLoop
    private let url: ServerURL
    private var completion: Completion?
    private var addresses: AddressList?
    private var next = 0
    private var stream: TCPStream?

    /// The completion is called once, never from inside `start`, unless `cancel` comes first.
    init(loop: EventLoop, url: ServerURL, completion: @escaping Completion) {
        self.loop = loop
        self.url = url
        self.completion = completion
    }

    func start() {
        AddressList.resolve(loop: loop, host: url.host, port: url.port) { [self] result in
            guard completion != nil else { return }
            switch result {
            case .failure(let error): finish(.failure(error))
            case .success(let list):
                addresses = list
                tryNext(TransportError(.nameNotFound, "cannot find \(url.host)"))
            }
        }
    }

    func cancel() {
        completion = nil
        stream?.close()
        stream = nil
    }

    private func tryNext(_ error: TransportError) {
        guard let addresses, next < addresses.count else { return finish(.failure(error)) }
        let index = next
        next += 1
        let stream = TCPStream(loop: loop)
        self.stream = stream
        let request = UnsafeMutablePointer<uv_connect_t>.allocate(capacity: 1)
        request.pointee.data = Unmanaged.passRetained(self).toOpaque()
        let status = addresses.with(index) { address in
            uv_tcp_connect(request, stream.tcp, address) { request, status in
                guard let data = request?.pointee.data else { return }
                request?.deallocate()
                Unmanaged<TCPConnector>.fromOpaque(data).takeRetainedValue().didConnect(status)
            }
        }
        guard status != 0 else { return }
        request.deallocate()
        Unmanaged.passUnretained(self).release()
        didConnect(status)
    }

    private func didConnect(_ status: Int32) {
        loop.touch()
        guard completion != nil, let stream else { return }
        self.stream = nil
        if status == 0 { return finish(.success(stream)) }
        stream.close()
        tryNext(TransportError(uv: status, "connect to \(url)"))
    }

    private func finish(_ result: Result<TCPStream, TransportError>) {
        let completion = self.completion
        self.completion = nil
        completion?(result)
    }
}
