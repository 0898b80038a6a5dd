import Protocol
import Transport

extension ListenerLimits {
    /// The contract's limits with a host's settings: pings come often enough that whoever answers them is heard
    /// thrice in a heartbeat timeout; a trusted proxy's sockets are everyone's, and have no cap here.
    init(maxConnectionsPerAddress: Int, trustedProxies: [String], heartbeatTimeoutMs: Int) {
        self.init()
        handshakeTimeoutMs = Limits.handshakeTimeoutMs
        headerTimeoutMs = Limits.headerTimeoutMs
        maxHeaderBytes = Limits.maxHeaderBytes
        maxBodyBytes = Limits.maxBodyBytes
        maxMessageBytes = Limits.maxClientMessageBytes
        maxConnections = Limits.maxConnections
        self.maxConnectionsPerAddress = maxConnectionsPerAddress
        maxPipelined = Limits.maxPipelinedRequests
        uncappedAddresses = Set(trustedProxies)
        pingIntervalMs = min(Limits.pingIntervalMs, heartbeatTimeoutMs / 3)
        pongTimeoutMs = min(Limits.pongTimeoutMs, heartbeatTimeoutMs)
        frameFloodCode = CloseCode.tooManyMessages.rawValue
        closeTimeoutMs = Limits.closeTimeoutMs
    }
}
