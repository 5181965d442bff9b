//! TLS: the certificate and the key that the server shows itself with.

use crate::error::Error;
use std::sync::Arc;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};

/// A file in PEM.
#[derive(Debug)]
pub struct Pem {
    /// How messages call it.
    pub file: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

impl Pem {
    fn fault(&self, said: &str, help: &str) -> Error {
        Error::input(self.file.clone(), said).with_help(help)
    }

    fn without(&self, what: &str) -> Error {
        self.fault(
            &format!("holds no {what} in PEM"),
            "give a file with lines `-----BEGIN ...-----` and `-----END ...-----`",
        )
    }
}

/// What speaks TLS with whoever asks, by a certificate with the chain behind it, and its key.
///
/// # Errors
///
/// When a file holds none, or the key is not that of the certificate.
pub fn acceptor(certificate: &Pem, key: &Pem) -> Result<TlsAcceptor, Error> {
    let chain: Result<Vec<CertificateDer<'_>>, _> = CertificateDer::pem_slice_iter(&certificate.bytes).collect();
    let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or_else(|| certificate.without("certificate"))?;
    let chain = chain.into_iter().map(CertificateDer::into_owned).collect();
    let private = PrivateKeyDer::from_pem_slice(&key.bytes).map_err(|_| key.without("private key"))?;
    let server = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|server| server.with_no_client_auth().with_single_cert(chain, private));
    // What is wrong with a key is not said beyond that.
    let unfit = |_| key.fault("is not the key of the certificate", "give the key that the certificate was made for");
    Ok(TlsAcceptor::from(Arc::new(server.map_err(unfit)?)))
}
