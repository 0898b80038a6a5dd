import COpenSSL

/// One connection's TLS over two memory BIOs: it does no I/O of its own.
final class TLSSession {
    /// The plain bytes that fit one TLS record; more are encrypted in parts, so that buffers stay small.
    static let maxRecordBytes = 16 * 1024

    private let ssl: OpaquePointer
    private let input: OpaquePointer
    private let output: OpaquePointer
    private var saidGoodbye = false

    /// How the handshake stands.
    enum Handshake {
        case done
        case wantsMore
        case failed(String)
    }

    /// What was there to read.
    enum Reading {
        case bytes(Int)
        case wantsMore
        case ended
        case failed(String)
    }

    init?(ssl: OpaquePointer) {
        guard let input = BIO_new(BIO_s_mem()) else {
            SSL_free(ssl)
            return nil
        }
        guard let output = BIO_new(BIO_s_mem()) else {
            BIO_free(input)
            SSL_free(ssl)
            return nil
        }
        self.ssl = ssl
        self.input = input
        self.output = output
        SSL_set_bio(ssl, input, output)
    }

    deinit { SSL_free(ssl) }

    /// Takes bytes from the wire.
    func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        BIO_write(input, bytes.baseAddress, Int32(bytes.count)) == Int32(bytes.count)
    }

    /// Goes on with the handshake as far as the input reaches.
    func shakeHands() -> Handshake {
        ERR_clear_error()
        let status = SSL_do_handshake(ssl)
        if status == 1 { return .done }
        switch SSL_get_error(ssl, status) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wantsMore
        default: return .failed("TLS handshake failed: \(reason())")
        }
    }

    /// Decrypts into the buffer.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Reading {
        ERR_clear_error()
        let count = SSL_read(ssl, buffer.baseAddress, Int32(buffer.count))
        if count > 0 { return .bytes(Int(count)) }
        switch SSL_get_error(ssl, count) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wantsMore
        case SSL_ERROR_ZERO_RETURN: return .ended
        default: return .failed("TLS broke: \(reason())")
        }
    }

    /// Encrypts bytes into the output.
    func encrypt(_ bytes: UnsafeRawBufferPointer) -> Bool {
        ERR_clear_error()
        return SSL_write(ssl, bytes.baseAddress, Int32(bytes.count)) == Int32(bytes.count)
    }

    /// Puts TLS's goodbye into the output; false where that was done before.
    func sayGoodbye() -> Bool {
        guard !saidGoodbye else { return false }
        saidGoodbye = true
        ERR_clear_error()
        return SSL_shutdown(ssl) >= 0
    }

    /// The bytes for the wire made since the last call.
    func takeOutput() -> ByteBlock? {
        let count = BIO_ctrl_pending(output)
        guard count > 0 else { return nil }
        return ByteBlock(count: count) { memory in
            _ = BIO_read(output, memory.baseAddress, Int32(memory.count))
        }
    }

    /// OpenSSL's reason in words: the certificate's fault where there is one.
    private func reason() -> String {
        let verdict = SSL_get_verify_result(ssl)
        if verdict != Int(X509_V_OK), let text = X509_verify_cert_error_string(verdict) {
            return String(cString: text)
        }
        return TLSContext.lastError()
    }
}
