import CUV
import Glibc

// What the system is asked and told about a stream's socket past libuv.

extension TCPStream {
    /// Lets the system take only so much that it can't send yet: by itself it takes megabytes for a peer that
    /// reads nothing, and that peer's owner would learn of it minutes late.
    func boundUnsent() {
        var descriptor: uv_os_fd_t = -1
        guard uv_fileno(pw_tcp_handle(tcp), &descriptor) == 0 else { return }
        var bytes: Int32 = 128 * 1024
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, &bytes,
            socklen_t(MemoryLayout.size(ofValue: bytes)))
    }

    /// Whether the peer ended an idle connection, although the loop hasn't come to say so.
    var isEndWaiting: Bool { peek() == 0 }

    /// Whether bytes of the peer wait, although the loop hasn't come to read them.
    var isUnread: Bool { peek() > 0 }

    /// Looks for a byte without taking it: 1 is one, 0 the end, less than 0 nothing yet.
    private func peek() -> Int {
        var descriptor: uv_os_fd_t = -1
        guard !isClosed, uv_fileno(pw_tcp_handle(tcp), &descriptor) == 0 else { return 0 }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    }
}
