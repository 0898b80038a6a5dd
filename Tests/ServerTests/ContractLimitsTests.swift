import Testing
import Transport

@testable import Server

@Suite struct ContractLimitsTests {
    @Test func `the listener keeps the contract's limits`() {
        let limits = ListenerLimits(
            maxConnectionsPerAddress: 7, trustedProxies: ["10.0.0.1"], heartbeatTimeoutMs: 45_000)
        #expect(limits.maxConnectionsPerAddress == 7)
        #expect(limits.uncappedAddresses == ["10.0.0.1"])
        #expect(limits.maxConnections == 50_000)
        #expect(limits.maxHeaderBytes == 8_192)
        #expect(limits.maxBodyBytes == 65_536)
        #expect(limits.maxMessageBytes == 4_096)
        #expect(limits.maxPipelined == 16)
        #expect(limits.frameFloodCode == 4_008)
    }

    @Test func `a silent peer is pinged every 15 s and given up after 40, a slow one is not waited for`() {
        let limits = ListenerLimits(
            maxConnectionsPerAddress: 0, trustedProxies: [], heartbeatTimeoutMs: 45_000)
        #expect(limits.pingIntervalMs == 15_000)
        #expect(limits.pongTimeoutMs == 40_000)
        #expect(limits.handshakeTimeoutMs == 5_000)
        #expect(limits.headerTimeoutMs == 10_000)
        #expect(limits.closeTimeoutMs == 2_000)
    }

    @Test func `a short heartbeat timeout has clients pinged thrice within it`() {
        let limits = ListenerLimits(
            maxConnectionsPerAddress: 0, trustedProxies: [], heartbeatTimeoutMs: 6_000)
        #expect(limits.pingIntervalMs == 2_000)
        #expect(limits.pongTimeoutMs == 6_000)
    }
}
