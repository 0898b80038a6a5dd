/// What a stream tells whoever reads and writes it, always from the loop and never from inside a call to it.
protocol StreamOwner: AnyObject {
    /// Bytes can be exchanged: the TLS handshake is done where there is one.
    func streamDidOpen()
    /// Bytes came; they are valid for the time of the call.
    func streamDidRead(_ bytes: UnsafeRawBufferPointer)
    /// The peer sends nothing more; what we send may still reach it.
    func streamDidEnd()
    /// The connection broke; the stream is closed already.
    func streamDidFail(_ error: TransportError)
    /// The bytes that wait grew or shrank.
    func streamBacklogDidChange()
    /// The time given to `setDeadline` is over.
    func streamDeadlineDidPass()
}
