import CUV

/// A signal's handler on the loop's thread, kept for the loop's life.
final class SignalWatch {
    private let handle = UnsafeMutablePointer<uv_signal_t>.allocate(capacity: 1)
    private unowned let loop: EventLoop
    private let body: () -> Void

    init(loop: EventLoop, signal: Int32, body: @escaping () -> Void) throws(TransportError) {
        self.loop = loop
        self.body = body
        uv_signal_init(loop.uv, handle)
        handle.pointee.data = Unmanaged.passUnretained(self).toOpaque()
        let status = uv_signal_start(
            handle,
            { handle, _ in
                guard let data = handle?.pointee.data else { return }
                let watch = Unmanaged<SignalWatch>.fromOpaque(data).takeUnretainedValue()
                watch.loop.touch()
                watch.body()
            }, signal)
        guard status == 0 else {
            close()
            throw TransportError(uv: status, "watch signal \(signal)")
        }
    }

    /// Stops watching; the handle's memory goes when libuv lets it go.
    func close() {
        uv_close(pw_signal_handle(handle)) { handle in
            UnsafeMutableRawPointer(handle)?.deallocate()
        }
    }
}
