extension Failure {
    /// The refusal in OAuth's form (RFC 6749 §5.2), for whoever asked in it: `{"error","error_description"}`.
    public func oauthJSON() -> [UInt8] {
        JSONWriter.object {
            $0.field("error", code == .badRequest ? "invalid_request" : code.rawValue)
            $0.field("error_description", message)
        }
    }
}
