import Transport

/// Finds the address that limits count by, behind the proxies a host trusts.
struct ClientAddress {
    /// Proxies whose `X-Forwarded-For` counts, as address texts.
    let trustedProxies: Set<String>

    /// The rightmost address that is no trusted proxy; what stands left of it anyone could have written.
    ///
    /// A proxy may append to the field's line or add a line of its own, so all lines count as one list.
    func limitKey(remote: NetAddress, headers: HTTPHeaders) -> String {
        guard trustedProxies.contains(remote.host), let forwardedFor = headers.list("X-Forwarded-For") else {
            return remote.limitKey
        }
        for part in forwardedFor.split(separator: ",").reversed() {
            // What isn't an address could be anything, each time anew.
            guard let host = NetAddress.canonical(host: part.trimmingSpaces) else { return remote.limitKey }
            if !trustedProxies.contains(host) { return NetAddress.limitKey(host: host) }
        }
        return remote.limitKey
    }
}
