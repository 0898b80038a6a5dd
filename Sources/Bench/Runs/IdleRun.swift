import Transport

/// `pixelwars-bench idle`: what connections that do nothing keep resident.
struct IdleRun {
    /// The figures.
    struct Measurement: Codable {
        /// Connected players.
        var connections: Int
        /// The server's resident memory before anything was done.
        var freshKB: Int
        /// After all accounts had signed in.
        var signedInKB: Int
        /// After all were connected.
        var connectedKB: Int
        /// What connecting took, a connection.
        var residentKBPerConnection: Double
        /// What signing in and connecting took, a connection.
        var residentKBPerClient: Double
    }

    let options: LoadOptions

    /// Descriptors beside the connections: the server's and this program's own.
    private static let spareDescriptors = 200

    /// Connects that many players and reads the server's memory.
    func measurement() throws(BenchFailure) -> Measurement {
        let allowed = ProcessLimits.raiseOpenFiles()
        guard options.connections + Self.spareDescriptors <= allowed else {
            throw BenchFailure(
                "\(options.connections) connections need more open files than the \(allowed) allowed here")
        }
        var options = options
        options.clients = options.connections
        options.replicas = 0
        let session = try SessionOpener.open(
            .pixelwars, options: options, clients: options.connections, tickMs: options.tickMs)
        defer { session.end() }
        let memory = session.memory
        let count = Double(options.connections)
        return Measurement(
            connections: options.connections, freshKB: memory.freshKB, signedInKB: memory.beforeKB,
            connectedKB: memory.afterKB,
            residentKBPerConnection: Double(memory.afterKB - memory.beforeKB) / count,
            residentKBPerClient: Double(memory.afterKB - memory.freshKB) / count)
    }
}
