//! The binary as an operator starts and stops it: where sessions are kept, what keeps it from
//! starting, how it ends.
//!
//! Not here: what the stores do (`ferroflex_session`), and what is served (`ferroflex_server`).

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value as Json;

const APP: &str = "import reflex as rx\n\n\ndef index():\n    return rx.text('hello')\n\n\n\
    app = rx.App()\napp.add_page(index)\n";

/// How long what has to come may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A folder of a test's own, removed with it.
struct Folder(PathBuf);

impl Folder {
    /// A Reflex project of this name, whose configuration has these options.
    fn project(name: &str, options: &str) -> Self {
        let folder = Self::empty(name);
        let config =
            format!("import reflex as rx\n\nconfig = rx.Config(app_name='shop', {options})\n");
        fs::create_dir(folder.0.join("shop")).unwrap();
        fs::write(folder.0.join("shop/__init__.py"), "").unwrap();
        fs::write(folder.0.join("shop/shop.py"), APP).unwrap();
        fs::write(folder.0.join("rxconfig.py"), config).unwrap();
        folder
    }

    fn empty(name: &str) -> Self {
        let name = format!("ferroflex-running-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// `ferroflex run` in it, on a free port.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ferroflex"));
        command
            .args(["run", ".", "--port", "0"])
            .args(arguments)
            .current_dir(&self.0)
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for name in ["FERROFLEX_STORE", "REDIS_URL", "REFLEX_REDIS_URL"] {
            command.env_remove(name);
        }
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left behind is in the system's folder for such things.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A server that listens.
struct Running {
    child: Child,
    address: String,
}

impl Running {
    fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let Some(line) = out.lines().next() else {
            let said = child.wait_with_output().unwrap().stderr;
            panic!(
                "the server does not listen: {}",
                String::from_utf8_lossy(&said)
            );
        };
        let line = line.unwrap();
        let address = line
            .strip_prefix("listening on http://")
            .unwrap()
            .to_owned();
        Self { child, address }
    }

    /// Status line and body of an answer.
    fn get(&self, path: &str) -> String {
        self.get_with(path, "")
    }

    /// The same with further headers, each with its end of line.
    fn get_with(&self, path: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: {}\r\n{headers}connection: close\r\n\r\n",
            self.address
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn terminate(&self) {
        let process = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .arg(process)
                .status()
                .unwrap()
                .success()
        );
    }

    /// The status with which it ends.
    fn ended(&mut self) -> i32 {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap();
            }
            std::thread::park_timeout(Duration::from_millis(20));
        }
        panic!("the server did not end");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a command says that has to fail.
fn refused(command: &mut Command) -> String {
    let Output { status, stderr, .. } = command.output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1), "{said}");
    said
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn sessions_are_kept_beside_where_the_server_was_started_and_are_for_nobody_else() {
    let folder = Folder::project("default", "");
    let mut server = Running::start(&mut folder.command(&[]));
    assert!(folder.0.join(".ferroflex/sessions/shop.sqlite").exists());
    assert_eq!(mode(&folder.0.join(".ferroflex")), 0o700);
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
    server.terminate();
    assert_eq!(server.ended(), 0);
}

#[test]
fn what_reflex_calls_memory_keeps_nothing() {
    for (options, arguments) in [
        ("state_manager_mode='memory'", &[][..]),
        ("redis_url='redis://127.0.0.1:1'", &["--store", "memory"]),
    ] {
        let folder = Folder::project("memory", options);
        let mut server = Running::start(&mut folder.command(arguments));
        assert!(!folder.0.join(".ferroflex").exists());
        server.terminate();
        assert_eq!(server.ended(), 0);
    }
}

#[test]
fn proxies_are_trusted_as_the_configuration_says_unless_the_command_line_does() {
    for (options, arguments, is_trusted) in [
        ("", &[][..], false),
        ("trusted_proxy_hops=1", &[][..], true),
        ("trusted_proxy_hops=1", &["--trusted-hops", "0"], false),
        ("", &["--trusted-hops", "1"], true),
    ] {
        let folder = Folder::project("hops", options);
        let mut server = Running::start(&mut folder.command(arguments));
        // A browser's name is a cookie for encrypted connections where it came over one.
        let answer = server.get_with("/", "x-forwarded-proto: https\r\n");
        assert_eq!(
            answer.contains("; Secure"),
            is_trusted,
            "{options} {answer}"
        );
        server.terminate();
        assert_eq!(server.ended(), 0);
    }
}

#[test]
fn a_store_that_cannot_be_opened_keeps_the_server_from_starting() {
    let plain = Folder::project("closed", "");
    let beside = plain.0.join("rxconfig.py/x").display().to_string();
    let file = format!("sqlite:{beside}");
    for (arguments, part) in [
        (
            ["--store", "redis://:hunter22@127.0.0.1:1/0"],
            "the redis store cannot be reached",
        ),
        (["--store", &file], "the sqlite store refuses to work"),
        (
            ["--data-dir", &beside],
            "name another folder with --data-dir",
        ),
        (["--secret", "short"], "fewer than 16 characters"),
    ] {
        let said = refused(&mut plain.command(&arguments));
        assert!(said.contains(part), "{said}");
        assert!(!said.contains("hunter22"), "{said}");
    }
    let several = Folder::empty("several");
    for name in ["one", "two"] {
        fs::write(several.0.join(name).with_extension("py"), APP).unwrap();
    }
    let said = refused(&mut several.command(&["--store", "sqlite:x.sqlite"]));
    assert!(said.contains("with several, name a folder"), "{said}");
    let configured = Folder::project("nowhere", "state_manager_mode='redis'");
    let said = refused(&mut configured.command(&[]));
    assert!(said.contains("nothing says where"), "{said}");
    let url = "redis://127.0.0.1:1";
    let said = refused(configured.command(&[]).env("REDIS_URL", url));
    assert!(said.contains("the redis store cannot be reached"), "{said}");
    let age = refused(
        plain
            .command(&[])
            .env("REFLEX_REDIS_TOKEN_EXPIRATION", "soon"),
    );
    assert!(age.contains("a number of seconds is expected"), "{age}");
}

#[test]
fn the_log_can_be_for_programs() {
    let folder = Folder::project("log", "");
    let arguments = ["--log-format", "json", "--store", "redis://127.0.0.1:1"];
    let said = refused(&mut folder.command(&arguments));
    let line: Json = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    assert_eq!(line["level"], "ERROR");
    let message = line["fields"]["message"].as_str().unwrap();
    assert!(
        message.contains("the redis store cannot be reached"),
        "{message}"
    );
}

#[test]
fn metrics_can_be_off() {
    let folder = Folder::project("metrics", "");
    for (value, status) in [("local", "200"), ("off", "404")] {
        let arguments = ["--store", "memory", "--metrics", value];
        let server = Running::start(&mut folder.command(&arguments));
        let answer = server.get("/metrics");
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
}

#[test]
fn a_server_that_is_asked_twice_ends_at_once() {
    let folder = Folder::project("twice", "");
    let arguments = ["--store", "memory", "--notice", "600"];
    let mut server = Running::start(&mut folder.command(&arguments));
    server.terminate();
    let until = Instant::now() + PATIENCE;
    while !server.get("/readyz").starts_with("HTTP/1.1 503") {
        assert!(
            Instant::now() < until,
            "the server does not say that it ends"
        );
        std::thread::park_timeout(Duration::from_millis(20));
    }
    server.terminate();
    assert_eq!(server.ended(), 130);
}
