#pragma once
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// Macros over SSL_CTX_ctrl and SSL_ctrl, which Swift doesn't import. TLS 1.2 at least, no renegotiation, no
// compression, buffers given back while a connection is idle, writes free to come from another address.
static inline void pw_ssl_ctx_harden(SSL_CTX *context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

// A macro over SSL_ctrl, which Swift doesn't import.
static inline int pw_ssl_set_server_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

// The callback gives a pointer to const bytes, SSL_select_next_proto takes one to plain bytes; C alone may cast.
static inline unsigned char **pw_alpn_out(const unsigned char **out) { return (unsigned char **)out; }

// A macro that joins two others, which Swift doesn't import.
static inline int pw_evp_pkey_public_key(void) { return EVP_PKEY_PUBLIC_KEY; }

// The builder keeps the pointers of its keys; a Swift string's is gone after the call.
static inline int pw_push_rsa_numbers(OSSL_PARAM_BLD *builder, const BIGNUM *n, const BIGNUM *e) {
    return OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n)
        && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e);
}
