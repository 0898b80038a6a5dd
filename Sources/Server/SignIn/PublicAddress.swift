import Protocol
import Transport

/// The address under which whoever asks finds this server.
struct PublicAddress {
    /// What the host says it is; nil where each request tells.
    let publicURL: String?
    /// Hosts that a request may tell, in lower case; any when empty.
    let publicHosts: [String]
    /// Proxies whose `X-Forwarded-Proto` counts.
    let trustedProxies: Set<String>
    /// Where the server listens, for requests that tell nothing sensible.
    let listen: String

    /// The address without a slash at its end.
    ///
    /// Without a `--public-url` it is the host that the request itself names: it goes back to none but its
    /// sender, in an answer that no cache keeps, and the identity provider takes only the one it knows.
    func base(of request: HTTPRequest) -> String {
        if let publicURL { return publicURL }
        let scheme = isSecure(request) ? "https" : "http"
        let named = request.headers["Host"].flatMap { ServerURL("\(scheme)://\($0)") }
        if let named, publicHosts.isEmpty || publicHosts.contains(named.hostHeader) {
            return named.description
        }
        return "\(scheme)://\(publicHosts.first ?? listen)"
    }

    /// Whether browsers reach the server over TLS.
    func isSecure(_ request: HTTPRequest) -> Bool {
        if let publicURL { return publicURL.hasPrefix("https://") }
        if request.isSecure { return true }
        return trustedProxies.contains(request.remote.host)
            && request.headers["X-Forwarded-Proto"]?.lowercased() == "https"
    }
}
