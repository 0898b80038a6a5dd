import Crypto
import Protocol

/// A signed token in its compact form (RFC 7515 §7.1), taken apart and not yet believed.
struct CompactToken {
    /// The signer's name of its key; none where it says none.
    let keyID: String?
    /// The claims' bytes.
    let payload: [UInt8]
    /// What was signed: header and payload as they stood in the text.
    let signed: [UInt8]
    /// The signature's bytes.
    let signature: [UInt8]

    /// The one algorithm that is taken (RFC 8725 §3.1); `none` and HMAC with a public key as its secret are none.
    private static let algorithm = "RS256"
    private static let maxKeyIDBytes = 256

    /// Reads three parts of strict base64url, of which the first is a header that names the algorithm.
    init(_ text: String) throws(IDTokenFailure) {
        guard text.utf8.count <= Limits.maxIDTokenBytes else { throw .malformed }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.bytes(parts[0]), let payload = Self.bytes(parts[1]),
            let signature = Self.bytes(parts[2])
        else { throw .malformed }
        let fields: JSONFields
        let algorithm: String
        let keyID: String?
        do throws(Failure) {
            fields = try JSONFields(header)
            algorithm = try fields.string("alg")
            keyID = try fields.optionalString("kid")
        } catch {
            throw .malformed
        }
        guard algorithm == Self.algorithm else { throw .wrongAlgorithm }
        // What a header calls critical must be understood (RFC 7515 §4.1.11), and nothing of it is here.
        guard !fields.has("crit") else { throw .malformed }
        if let keyID, keyID.isEmpty || keyID.utf8.count > Self.maxKeyIDBytes { throw .malformed }
        self.keyID = keyID
        self.payload = payload
        self.signature = signature
        signed = Array(text.utf8[..<parts[1].endIndex])
    }

    private static func bytes(_ part: Substring.UTF8View) -> [UInt8]? {
        String(part).flatMap { Base64URL.decode($0) }
    }
}
