//! Who may ask: nobody from a page of elsewhere, and beyond this machine nobody without the token.

use super::{listen::scheme, problem::Problem};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;

/// Who may ask.
#[derive(Debug, Clone)]
pub struct Guard {
    /// SHA-256 of the token, where one is asked for.
    token: Option<[u8; 32]>,
    /// The names that this machine goes by, with the port; any where a token is asked for, which no page of elsewhere has.
    hosts: Vec<String>,
    /// How addresses begin here.
    scheme: &'static str,
}

/// The page, and what it is made of, which holds nothing of anybody.
fn is_page(path: &str) -> bool {
    path == "/" || path.starts_with("/page/")
}

/// Headers of every answer: nothing of it is kept, shown inside another page, or taken for something else; a page takes nothing from
/// elsewhere.
pub const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-store"),
];

impl Guard {
    /// With a token, or for this machine alone, listening on an address.
    #[must_use]
    pub fn new(token: Option<&str>, address: SocketAddr, is_tls: bool) -> Self {
        let port = address.port();
        let names = ["localhost", "127.0.0.1", "[::1]"].iter();
        let hosts = names.clone().map(|host| format!("{host}:{port}")).chain([address.to_string()]);
        // A browser leaves out the port that is usual.
        let usual = names.filter(|_| port == if is_tls { 443 } else { 80 }).map(|host| (*host).to_owned());
        let token = token.map(|token| Sha256::digest(token.as_bytes()).into());
        Self { token, hosts: hosts.chain(usual).collect(), scheme: scheme(is_tls) }
    }

    /// Lets a request in.
    ///
    /// # Errors
    ///
    /// When it is none that may be answered.
    pub fn admit(&self, method: &Method, path: &str, headers: &HeaderMap) -> Result<(), Problem> {
        let text = |name: HeaderName| {
            let mut all = headers.get_all(name).iter();
            let first = all.next().map(|value| value.to_str().unwrap_or_default().to_lowercase());
            // Who sends two of them wants one to be checked and the other to be used.
            if all.next().is_some() { Some(String::new()) } else { first }
        };
        let host = text(header::HOST).unwrap_or_default();
        if self.token.is_none() && !self.hosts.contains(&host) {
            let said = "this server answers to the names of its own machine alone";
            let host = self.hosts.first().map_or("localhost", String::as_str);
            let help = format!("ask for {}://{host}", self.scheme);
            return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, "host", said).with_help(help));
        }
        let foreign = || Problem::new(StatusCode::FORBIDDEN, "origin", "a page of another origin may not ask here");
        if let Some(origin) = text(header::ORIGIN) {
            // A proxy that speaks TLS may stand before a server that does not.
            let plain = origin.strip_prefix("http://").filter(|_| self.scheme == "http");
            let own = plain.or_else(|| origin.strip_prefix("https://"));
            if host.is_empty() || own != Some(host.as_str()) {
                return Err(foreign());
            }
        }
        // A browser says where a request comes from, also where it sends no origin. A link may lead to the page.
        let site = text(HeaderName::from_static("sec-fetch-site"));
        let is_from_elsewhere = site.is_some_and(|site| !matches!(site.as_str(), "same-origin" | "none"));
        if is_from_elsewhere && !(path == "/" && method == Method::GET) {
            return Err(foreign());
        }
        match &self.token {
            Some(token) if !is_page(path) => Self::known(token, headers),
            _ => Ok(()),
        }
    }

    fn known(token: &[u8; 32], headers: &HeaderMap) -> Result<(), Problem> {
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given =
            given.and_then(|value| value.split_once(' ')).filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
        let given = given.map(|(_, given)| <[u8; 32]>::from(Sha256::digest(given.trim().as_bytes())));
        // How far two hashes agree says nothing about the token.
        if given.as_ref() == Some(token) {
            return Ok(());
        }
        let said = "this server asks for its token";
        let help = "send `Authorization: Bearer TOKEN`";
        Err(Problem::new(StatusCode::UNAUTHORIZED, "token", said).with_help(help))
    }
}

/// Puts the headers of every answer on it.
pub fn seal(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}
