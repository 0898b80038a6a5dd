import Protocol
import Transport

extension ListenerLimits {
    /// The contract's limits with a host's cap on connections an address; 0 is no cap.
    init(maxConnectionsPerAddress: Int) {
        self.init()
        handshakeTimeoutMs = Limits.handshakeTimeoutMs
        headerTimeoutMs = Limits.headerTimeoutMs
        maxHeaderBytes = Limits.maxHeaderBytes
        maxBodyBytes = Limits.maxBodyBytes
        maxMessageBytes = Limits.maxClientMessageBytes
        maxConnections = Limits.maxConnections
        self.maxConnectionsPerAddress = maxConnectionsPerAddress
        maxPipelined = Limits.maxPipelinedRequests
        pingIntervalMs = Limits.pingIntervalMs
        pongTimeoutMs = Limits.pongTimeoutMs
        frameFloodCode = CloseCode.tooManyMessages.rawValue
        closeTimeoutMs = Limits.closeTimeoutMs
    }
}
