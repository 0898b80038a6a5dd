import Transport

/// A listener of its own for whoever collects metrics, so that the public port needs to show none.
enum MetricsDoor {
    /// Begins to listen; the listener serves `/metrics` and `/healthz` and nothing else.
    ///
    /// - Parameter scrape: gives the page of metrics.
    static func open(
        loop: EventLoop, at listen: ServerConfiguration.Listen, maxConnections: Int,
        scrape: @escaping () -> HTTPResponse
    ) throws(TransportError) -> HTTPListener {
        var limits = ListenerLimits()
        limits.maxConnections = maxConnections
        limits.maxBodyBytes = 0
        limits.maxPipelined = 1
        return try HTTPListener(
            loop: loop, host: listen.host, port: listen.port, limits: limits,
            onRequest: { exchange in exchange.respond(answer(exchange.request, scrape)) })
    }

    private static func answer(_ request: HTTPRequest, _ scrape: () -> HTTPResponse) -> HTTPResponse {
        guard ["/metrics", "/healthz"].contains(request.path) else { return line(404, "not found") }
        guard ["GET", "HEAD"].contains(request.method) else {
            var response = line(405, "GET, HEAD")
            response.headers.add("Allow", "GET, HEAD")
            return response
        }
        return request.path == "/metrics" ? scrape() : line(200, "ok")
    }

    private static func line(_ status: Int, _ words: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: ["Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"],
            body: Array("\(words)\n".utf8))
    }
}
