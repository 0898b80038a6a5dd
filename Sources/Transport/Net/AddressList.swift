import CUV
import Glibc

/// The addresses a host's name stands for, in the order to try them.
struct AddressList {
    private var addresses: [sockaddr_storage] = []

    var count: Int { addresses.count }

    /// Hands the address to C.
    func with<Result>(_ index: Int, _ body: (UnsafePointer<sockaddr>) -> Result) -> Result {
        withUnsafePointer(to: addresses[index]) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }

    /// Hands the first address to C.
    func withFirst<Result>(_ body: (UnsafePointer<sockaddr>) -> Result) -> Result { with(0, body) }

    /// A host written as an address; nil where it is a name.
    init?(literal host: String, port: Int) {
        var storage = sockaddr_storage()
        let isAddress = withUnsafeMutablePointer(to: &storage) { pointer in
            let raw = UnsafeMutableRawPointer(pointer)
            return uv_ip4_addr(host, Int32(port), raw.assumingMemoryBound(to: sockaddr_in.self)) == 0
                || uv_ip6_addr(host, Int32(port), raw.assumingMemoryBound(to: sockaddr_in6.self)) == 0
        }
        guard isAddress else { return nil }
        addresses = [storage]
    }

    private init?(_ list: UnsafeMutablePointer<addrinfo>?) {
        var next = list
        while let entry = next?.pointee {
            if let address = entry.ai_addr, Int(entry.ai_addrlen) <= MemoryLayout<sockaddr_storage>.size {
                var storage = sockaddr_storage()
                withUnsafeMutableBytes(of: &storage) {
                    $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen)))
                }
                addresses.append(storage)
            }
            next = entry.ai_next
        }
        if addresses.isEmpty { return nil }
    }

    /// Looks a host up before there is anything for the loop to do, as a starting server may.
    static func resolveNow(loop: EventLoop, host: String, port: Int) throws(TransportError) -> AddressList {
        if let literal = AddressList(literal: host, port: port) { return literal }
        var request = uv_getaddrinfo_t()
        var hints = Self.hints
        let status = uv_getaddrinfo(loop.uv, &request, nil, host, String(port), &hints)
        defer { uv_freeaddrinfo(request.addrinfo) }
        guard status == 0, let list = AddressList(request.addrinfo) else {
            throw TransportError(uv: status, "find \(host)")
        }
        return list
    }

    /// Looks a host up on libuv's threads; the body is called from the loop, never from inside this call.
    static func resolve(
        loop: EventLoop, host: String, port: Int,
        _ body: @escaping (Result<AddressList, TransportError>) -> Void
    ) {
        if let literal = AddressList(literal: host, port: port) {
            return loop.atEndOfIteration { body(.success(literal)) }
        }
        let request = UnsafeMutablePointer<uv_getaddrinfo_t>.allocate(capacity: 1)
        request.pointee.data = Unmanaged.passRetained(LookUp(loop: loop, host: host, body: body)).toOpaque()
        var hints = Self.hints
        let status = uv_getaddrinfo(
            loop.uv, request,
            { request, status, list in
                defer {
                    uv_freeaddrinfo(list)
                    request?.deallocate()
                }
                guard let data = request?.pointee.data else { return }
                let lookUp = Unmanaged<LookUp>.fromOpaque(data).takeRetainedValue()
                lookUp.loop.touch()
                if status == 0, let addresses = AddressList(list) {
                    lookUp.body(.success(addresses))
                } else {
                    lookUp.body(.failure(TransportError(uv: status, "find \(lookUp.host)")))
                }
            }, host, String(port), &hints)
        guard status != 0 else { return }
        if let data = request.pointee.data { Unmanaged<LookUp>.fromOpaque(data).release() }
        request.deallocate()
        loop.atEndOfIteration { body(.failure(TransportError(uv: status, "find \(host)"))) }
    }

    private static var hints: addrinfo {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        return hints
    }

    private final class LookUp {
        let loop: EventLoop
        let host: String
        let body: (Result<AddressList, TransportError>) -> Void

        init(loop: EventLoop, host: String, body: @escaping (Result<AddressList, TransportError>) -> Void) {
            self.loop = loop
            self.host = host
            self.body = body
        }
    }
}
