//! The same over TLS, and to nobody who does not speak it.

use super::{
    CASE, JSON, by_hand,
    served::{Reply, Served, reply},
};
use crate::program::Program;
use std::{
    io::{Read, Write},
    sync::Arc,
};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};

// Made for these tests and known to everybody: `openssl req -x509` for `localhost`.
const CERTIFICATE: &str = include_str!("certificate/cert.pem");
const KEY: &str = include_str!("certificate/key.pem");
const OTHER_KEY: &str = include_str!("certificate/other.pem");
const ARGUMENTS: &[&str] = &["--tls-cert", "cert.pem", "--tls-key", "key.pem"];

/// A folder with a certificate of this machine, and its key.
fn certified() -> Program {
    Program::new().file("cert.pem", CERTIFICATE).file("key.pem", KEY)
}

/// Sends a request over TLS, with further headers, and takes the answer.
fn ask(served: &Served, request: &str, headers: &str, body: &str) -> Reply {
    let mut known = RootCertStore::empty();
    known.add(CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap()).unwrap();
    let client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let client = client.with_safe_default_protocol_versions().unwrap().with_root_certificates(known);
    let name = ServerName::try_from("localhost").unwrap();
    let client = ClientConnection::new(Arc::new(client.with_no_client_auth()), name).unwrap();
    let mut stream = StreamOwned::new(client, served.connect());
    let length = body.len();
    let head = format!("{request} HTTP/1.1\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}");
    stream.write_all(head.as_bytes()).unwrap();
    reply(&mut stream)
}

#[test]
fn over_tls_an_answer_is_the_same() {
    let served = Served::with(certified(), ARGUMENTS);
    let port = served.address.port();
    let own = format!("Host: localhost:{port}\r\nContent-Type: {JSON}\r\n");
    let got = ask(&served, "POST /v1/assess", &own, CASE);
    assert_eq!((got.status, &*got.body), (200, &*by_hand("assess - --format json", CASE)));
    let page = format!("{own}Origin: https://localhost:{port}\r\n");
    assert_eq!(ask(&served, "POST /v1/assess", &page, CASE).status, 200);
    // A page that came without TLS may have come from anybody on the way.
    let page = format!("{own}Origin: http://localhost:{port}\r\n");
    assert_eq!(ask(&served, "POST /v1/assess", &page, CASE).status, 403);
    let elsewhere = ask(&served, "GET /v1/health", "Host: evil.example\r\n", "");
    assert_eq!(elsewhere.status, 421);
    let help = format!("ask for https://localhost:{port}");
    assert!(elsewhere.body.contains(&help), "{}", elsewhere.whole());
}

/// Who does not speak it is let go, and holds up nobody.
#[test]
fn without_tls_nobody_is_answered() {
    let served = Served::with(certified(), ARGUMENTS);
    let silent: Vec<_> = (0..20).map(|_| served.connect()).collect();
    let mut plain = served.connect();
    plain.write_all(b"GET /v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut got = Vec::new();
    // It is cut off, or told in the words of TLS.
    let _ = plain.read_to_end(&mut got);
    assert!(!String::from_utf8_lossy(&got).contains("HTTP"), "{got:?}");
    let own = format!("Host: localhost:{}\r\n", served.address.port());
    assert_eq!(ask(&served, "GET /v1/health", &own, "").status, 200);
    drop(silent);
}

#[test]
fn a_certificate_that_is_none_is_said_before_anything_is_served() {
    let program = certified().file("none.pem", "nothing\n").file("other.pem", OTHER_KEY);
    let in_pem = "\n  help: give a file with lines `-----BEGIN ...-----` and `-----END ...-----`\n";
    for (arguments, said) in [
        ("--tls-cert none.pem --tls-key key.pem", format!("none.pem: holds no certificate in PEM{in_pem}")),
        ("--tls-cert key.pem --tls-key key.pem", format!("key.pem: holds no certificate in PEM{in_pem}")),
        ("--tls-cert cert.pem --tls-key cert.pem", format!("cert.pem: holds no private key in PEM{in_pem}")),
        (
            "--tls-cert cert.pem --tls-key other.pem",
            "other.pem: is not the key of the certificate\n  help: give the key that the certificate was made for\n"
                .to_owned(),
        ),
    ] {
        let ran = program.run(&format!("serve --port 0 {arguments}"));
        assert_eq!((ran.code, ran.stderr), (3, format!("  × {said}")), "{arguments}");
    }
    assert_eq!(program.run("serve --port 0 --tls-cert cert.pem").code, 2);
    assert_eq!(program.run("serve --port 0 --tls-cert absent.pem --tls-key key.pem").code, 3);
}
