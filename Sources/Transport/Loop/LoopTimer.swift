import CUV

/// A timer that fires once a schedule, never early; confined to its loop's thread.
///
/// Dropping the last reference cancels it.
public final class LoopTimer {
    private let state: TimerState

    init(loop: EventLoop, fire: @escaping () -> Void) {
        state = TimerState(loop: loop, fire: fire)
    }

    deinit { state.close() }

    /// Fires after so many milliseconds, in place of what was scheduled before.
    public func schedule(afterMs delay: Int) {
        schedule(afterUs: min(max(0, delay), Self.longestUs / 1000) * 1000)
    }

    /// Fires after so many microseconds, rounded up to libuv's milliseconds.
    public func schedule(afterUs delay: Int) {
        state.schedule(afterNs: UInt64(min(max(0, delay), Self.longestUs)) * 1000)
    }

    /// A year: delays may come from a peer, and longer ones mean no more than this.
    private static let longestUs = 365 * 86_400 * 1_000_000

    /// Fires no more until scheduled again.
    public func cancel() { state.cancel() }
}

/// The part of a timer that libuv holds on to until the handle is closed.
private final class TimerState {
    /// Kept while the timer can fire; a closed one must not keep the loop that is to free it.
    private var loop: EventLoop?
    private let handle = UnsafeMutablePointer<uv_timer_t>.allocate(capacity: 1)
    private var fire: (() -> Void)?
    private var dueNs: UInt64 = 0

    init(loop: EventLoop, fire: @escaping () -> Void) {
        self.loop = loop
        self.fire = fire
        uv_timer_init(loop.uv, handle)
        handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
    }

    deinit { handle.deallocate() }

    func schedule(afterNs delay: UInt64) {
        guard fire != nil else { return }
        dueNs = uv_hrtime() + delay
        start(delayNs: delay)
    }

    func cancel() {
        if fire != nil { uv_timer_stop(handle) }
    }

    func close() {
        guard fire != nil else { return }
        fire = nil
        uv_close(pw_timer_handle(handle)) { handle in
            guard let data = handle?.pointee.data else { return }
            Unmanaged<TimerState>.fromOpaque(data).release()
        }
        // Last, since this may free the loop, which then waits for the handle's close.
        loop = nil
    }

    private func start(delayNs: UInt64) {
        // libuv counts from the time it cached at the iteration's start, which may be long ago.
        guard let loop else { return }
        uv_update_time(loop.uv)
        uv_timer_start(
            handle,
            { handle in
                guard let data = handle?.pointee.data else { return }
                Unmanaged<TimerState>.fromOpaque(data).takeUnretainedValue().expire()
            }, (delayNs + 999_999) / 1_000_000, 0)
    }

    private func expire() {
        let now = uv_hrtime()
        // The cached time is in whole milliseconds, so a timer may come up to one early.
        if now < dueNs { return start(delayNs: dueNs - now) }
        loop?.touch()
        fire?()
    }
}
