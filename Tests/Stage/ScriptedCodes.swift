package import Protocol

/// Sign-ins by a code (RFC 8628), whose person is the test.
package struct ScriptedCodes {
    /// Whether the server has a sign-in with Google.
    package var isOffered = true
    package var expiresInSeconds = 900
    package var intervalSeconds = 0
    /// Where codes are entered.
    package var address = "https://example.org/device"
    /// Refuses the next questions for a session with these; then the code waits.
    package var refusals: [Failure] = []
    /// Whether the person confirmed the code.
    package var isConfirmed = false
    /// Who Google's account is here.
    package var account = AccountName(id: Identifier(rawValue: 7), name: "Grace")
    /// What codes were asked for.
    package private(set) var requests: [DeviceRequest] = []
    /// Questions for a session.
    package private(set) var pollCount = 0

    package mutating func authorize(_ request: DeviceRequest) throws(Failure) -> DeviceAuthorizationAnswer {
        guard isOffered else { throw Failure(.googleNotConfigured, "no sign-in with Google here") }
        requests.append(request)
        guard let userCode = UserCode(typed: "WDJB-MJHT") else { preconditionFailure("a good code") }
        return DeviceAuthorizationAnswer(
            deviceCode: "device-\(requests.count)", userCode: userCode, verificationURI: address,
            verificationURIComplete: address + "?user_code=\(userCode)", expiresInSeconds: expiresInSeconds,
            intervalSeconds: intervalSeconds)
    }

    /// Who signs in by a code: the one who asked last, once confirmed.
    package mutating func poll(_ deviceCode: String) throws(Failure) -> DeviceRequest {
        pollCount += 1
        guard deviceCode == "device-\(requests.count)", let request = requests.last else {
            throw Failure(.expiredToken, "unknown")
        }
        if !refusals.isEmpty { throw refusals.removeFirst() }
        guard isConfirmed else { throw Failure(.authorizationPending, "waiting") }
        return request
    }
}
