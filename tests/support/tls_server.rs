//! A server on this machine that speaks TLS under a certificate that nobody vouches for.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Made for this test alone: what it protects is in every copy of the program's source.
const CERTIFICATE: &[u8] = include_bytes!("../fixtures/tls/self_signed.cert.der");
const KEY: &[u8] = include_bytes!("../fixtures/tls/self_signed.key.der");

/// Starts it and returns its port; it ends with the test program.
pub fn start_untrusted() -> u16 {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(KEY));
    let certificates = vec![CertificateDer::from(CERTIFICATE)];
    let config = Arc::new(config.with_no_client_auth().with_single_cert(certificates, key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = ServerConnection::new(config.clone()).unwrap();
            // Whoever agrees to this certificate gets an answer; nobody should.
            let _ = StreamOwned::new(connection, stream).write_all(b"HTTP/1.1 204 Agreed\r\n\r\n");
        }
    });
    port
}
