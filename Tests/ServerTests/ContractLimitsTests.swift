import Testing
import Transport

@testable import Server

@Suite struct ContractLimitsTests {
    @Test func `the listener keeps the contract's limits`() {
        let limits = ListenerLimits(maxConnectionsPerAddress: 7)
        #expect(limits.maxConnectionsPerAddress == 7)
        #expect(limits.maxConnections == 50_000)
        #expect(limits.maxHeaderBytes == 8_192)
        #expect(limits.maxBodyBytes == 65_536)
        #expect(limits.maxMessageBytes == 4_096)
        #expect(limits.maxPipelined == 16)
        #expect(limits.frameFloodCode == 4_008)
    }

    @Test func `a silent peer is pinged every 15 s and given up after 40, a slow one is not waited for`() {
        let limits = ListenerLimits(maxConnectionsPerAddress: 0)
        #expect(limits.pingIntervalMs == 15_000)
        #expect(limits.pongTimeoutMs == 40_000)
        #expect(limits.handshakeTimeoutMs == 5_000)
        #expect(limits.headerTimeoutMs == 10_000)
        #expect(limits.closeTimeoutMs == 2_000)
    }
}
