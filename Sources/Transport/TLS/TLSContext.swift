import COpenSSL

/// The certificates and rules that an end's TLS sessions share; TLS 1.2 and 1.3, ALPN `http/1.1`.
final class TLSContext {
    private let context: OpaquePointer

    /// A server's: loads the certificate chain and its key.
    init(server settings: TLSServerSettings) throws(TransportError) {
        context = try Self.make(TLS_server_method())
        guard SSL_CTX_use_certificate_chain_file(context, settings.certificateFile) == 1 else {
            throw Self.failure("cannot use the certificate \(settings.certificateFile)")
        }
        guard SSL_CTX_use_PrivateKey_file(context, settings.keyFile, SSL_FILETYPE_PEM) == 1 else {
            throw Self.failure("cannot use the key \(settings.keyFile)")
        }
        guard SSL_CTX_check_private_key(context) == 1 else {
            throw Self.failure("the key \(settings.keyFile) isn't the certificate's")
        }
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, chosen, chosenLength, offered, offeredLength, _ in
                let isHTTP = TLSContext.alpn.withUnsafeBufferPointer { ours in
                    SSL_select_next_proto(
                        pw_alpn_out(chosen), chosenLength, ours.baseAddress, UInt32(ours.count), offered,
                        offeredLength) == OPENSSL_NPN_NEGOTIATED
                }
                return isHTTP ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL
            }, nil)
    }

    /// A client's: knows whom to trust.
    init(client settings: TLSClientSettings) throws(TransportError) {
        context = try Self.make(TLS_client_method())
        SSL_CTX_set_verify(context, settings.verifies ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nil)
        if let file = settings.authorityFile {
            guard SSL_CTX_load_verify_locations(context, file, nil) == 1 else {
                throw Self.failure("cannot read the authorities in \(file)")
            }
        } else {
            guard SSL_CTX_set_default_verify_paths(context) == 1 else {
                throw Self.failure("cannot read the system's authorities")
            }
        }
        guard SSL_CTX_set_alpn_protos(context, Self.alpn, UInt32(Self.alpn.count)) == 0 else {
            throw Self.failure("cannot offer HTTP/1.1")
        }
    }

    deinit { SSL_CTX_free(context) }

    /// A server's session, waiting for the client's hello.
    func accept() -> TLSSession? {
        guard let ssl = SSL_new(context) else { return nil }
        SSL_set_accept_state(ssl)
        return TLSSession(ssl: ssl)
    }

    /// A client's session, which checks the certificate for this host.
    func connect(host: String) -> TLSSession? {
        guard let ssl = SSL_new(context) else { return nil }
        SSL_set_connect_state(ssl)
        let parameters = SSL_get0_param(ssl)
        if X509_VERIFY_PARAM_set1_ip_asc(parameters, host) != 1 {
            guard SSL_set1_host(ssl, host) == 1, pw_ssl_set_server_name(ssl, host) == 1 else {
                SSL_free(ssl)
                return nil
            }
        }
        return TLSSession(ssl: ssl)
    }

    /// What a client of this server needs: nothing without TLS.
    static func client(of url: ServerURL, _ settings: TLSClientSettings?) -> Result<
        TLSContext?, TransportError
    > {
        guard url.isSecure else { return .success(nil) }
        do throws(TransportError) {
            return .success(try TLSContext(client: settings ?? TLSClientSettings()))
        } catch {
            return .failure(error)
        }
    }

    /// RFC 7301's list with one name in it.
    private static let alpn: [UInt8] = [8] + Array("http/1.1".utf8)

    private static func make(_ method: OpaquePointer?) throws(TransportError) -> OpaquePointer {
        guard let context = SSL_CTX_new(method) else {
            throw TransportError(.tls, "cannot set up TLS: \(lastError())")
        }
        pw_ssl_ctx_harden(context)
        return context
    }

    private static func failure(_ text: String) -> TransportError {
        TransportError(.tls, "\(text): \(lastError())")
    }

    /// The latest of OpenSSL's errors in words.
    static func lastError() -> String {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        guard code != 0, let reason = ERR_reason_error_string(code) else { return "unknown reason" }
        return String(cString: reason)
    }
}
