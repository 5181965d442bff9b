//! A server that runs, and a client that knows only sockets.

use crate::program::{Program, Ran};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Stdio},
    time::Duration,
};

/// A server, ended when it is dropped.
pub struct Served {
    pub program: Program,
    pub address: SocketAddr,
    child: Option<Child>,
}

/// What a server answered.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: String,
    pub body: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}\n{self:?}"))
    }

    /// Status and document, for a snapshot.
    pub fn whole(&self) -> String {
        format!("{}\n{}", self.status, self.body)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let start = format!("{name}: ");
        self.headers.lines().find_map(|line| line.strip_prefix(start.as_str()))
    }
}

impl Served {
    /// Serves in the folder of a program, with further arguments.
    pub fn with(program: Program, arguments: &[&str]) -> Self {
        let mut command = program.command(&["serve", "--port", "0"]);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let shown = line.trim().strip_prefix("listening on http").map(|shown| shown.trim_start_matches('s'));
        let shown = shown.map(|shown| shown.trim_start_matches("://").trim_end_matches('/').parse());
        let Some(Ok(address)) = shown else {
            let ran = Ran::of(child.wait_with_output().unwrap());
            panic!("{line}{}", ran.whole());
        };
        Self { program, address, child: Some(child) }
    }

    pub fn new() -> Self {
        Self::with(Program::new(), &[])
    }

    /// The most memory that it had, in MB.
    #[cfg(target_os = "linux")]
    pub fn most_memory(&self) -> u64 {
        let status = format!("/proc/{}/status", self.child.as_ref().unwrap().id());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }

    /// Sends the head of a request whose body comes in chunks.
    pub fn begin(&self, path: &str, kind: &str) -> TcpStream {
        let mut stream = self.connect();
        let host = self.address;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nTE: trailers\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends a request with headers of its own, `Host` unless it has one, and takes the answer.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut stream = self.connect();
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        let host = ("Host", self.address.to_string());
        if headers.iter().all(|(name, _)| *name != "Host") {
            head.push_str(&format!("{}: {}\r\n", host.0, host.1));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        // A server that refuses a request need not read all of it.
        let _ = stream.write_all(format!("{head}\r\n{body}").as_bytes());
        reply(&mut stream)
    }

    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[], "")
    }

    /// Sends something of a kind.
    pub fn post(&self, path: &str, kind: &str, body: &str) -> Reply {
        self.ask("POST", path, &[("Content-Type", kind)], body)
    }

    /// Ends it as the system does, and gives what it said.
    #[cfg(unix)]
    pub fn end(mut self) -> Ran {
        let child = self.child.take().unwrap();
        let ended = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
        assert!(ended.success());
        Ran::of(child.wait_with_output().unwrap())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Sends a chunk of a body.
pub fn send(stream: &mut TcpStream, text: &str) {
    stream.write_all(format!("{:x}\r\n{text}\r\n", text.len()).as_bytes()).unwrap();
}

/// Reads on until something has come.
pub fn read_until(stream: &mut TcpStream, got: &mut String, what: &str) {
    let mut part = [0; 4096];
    while !got.contains(what) {
        let size = stream.read(&mut part).unwrap_or_else(|error| panic!("{error}: {got}"));
        assert!(size > 0, "it ended: {got}");
        got.push_str(std::str::from_utf8(&part[..size]).unwrap());
    }
}

/// Takes an answer until the other side ends it.
pub fn reply(stream: &mut impl Read) -> Reply {
    let mut bytes = Vec::new();
    // One that is refused may be cut off after the answer.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    let (headers, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
    let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
    let headers = headers.replace("\r\n", "\n");
    let body = if headers.contains("transfer-encoding: chunked") { unchunked(body) } else { body.to_owned() };
    Reply { status, headers, body }
}

fn unchunked(body: &str) -> String {
    let (mut rest, mut out) = (body, String::new());
    loop {
        let (size, after) = rest.split_once("\r\n").unwrap_or_else(|| panic!("cut off: {rest:?}"));
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            return out;
        }
        out.push_str(&after[..size]);
        rest = &after[size + 2..];
    }
}
