//! The cryptography behind Python's `ssl` module: rustls with ring, the same for every interpreter of
//! the process.
//!
//! Not here: TLS of the server itself, which a proxy in front of it terminates.

use std::sync::Once;

use rustls::crypto::ring;
use rustpython_host_env::ssl::providers::CryptoExt;

/// Names the cryptography to RustPython, which panics on the first use of TLS where there is none.
/// Later calls do nothing.
pub(crate) fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let extension = CryptoExt {
            all_cipher_suites: Some(ring::ALL_CIPHER_SUITES),
            default_cipher_suites: Some(ring::DEFAULT_CIPHER_SUITES),
            all_kx_groups: Some(ring::ALL_KX_GROUPS),
            any_supported_key: Some(ring::sign::any_supported_type),
            ticketer: ring::Ticketer::new,
        };
        if let Err(error) = CryptoExt::set_provider(ring::default_provider(), extension) {
            tracing::error!("Python's ssl module has no cryptography: {error}");
        }
    });
}
