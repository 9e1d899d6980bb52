//! A Redis server of a test's own: a free port, a folder that ends with it.
//!
//! The program is what `$REDIS_SERVER` names, or `redis-server` of the path (or Valkey's, by that
//! variable). A test without one fails: what is not tested must not look as if it were.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};

use crate::support::{Folder, until};

/// A server that ends with the test.
pub(crate) struct RedisServer {
    folder: Folder,
    port: u16,
    settings: Vec<String>,
    process: Option<Child>,
}

impl RedisServer {
    /// Starts one that keeps everything on disk.
    pub(crate) async fn start() -> Self {
        Self::start_with(&["--appendonly", "yes", "--appendfsync", "always"]).await
    }

    /// Starts one with those settings.
    pub(crate) async fn start_with(settings: &[&str]) -> Self {
        let mut server = Self {
            folder: Folder::new(),
            port: free_port(),
            settings: settings.iter().map(ToString::to_string).collect(),
            process: None,
        };
        server.run().await;
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Ends it as a power failure would.
    pub(crate) fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Starts it, again where it was killed.
    pub(crate) async fn run(&mut self) {
        let program = std::env::var_os("REDIS_SERVER").unwrap_or_else(|| "redis-server".into());
        let process = Command::new(&program)
            .args(["--bind", "127.0.0.1", "--save", ""])
            .args(["--port", &self.port.to_string()])
            .arg("--dir")
            .arg(self.folder.path())
            .args(&self.settings)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.process = Some(process.unwrap_or_else(|error| {
            panic!(
                "{} does not start ({error}): these tests need Redis 7 or Valkey, install it or \
                 name its program in $REDIS_SERVER",
                program.display()
            )
        }));
        until("Redis answers", async || self.answers().await).await;
    }

    /// Whether it takes commands: it listens before it has read what it keeps.
    async fn answers(&self) -> bool {
        let client = redis::Client::open(self.url()).unwrap();
        let Ok(mut connection) = client.get_multiplexed_async_connection().await else {
            return false;
        };
        match redis::cmd("PING").exec_async(&mut connection).await {
            Ok(()) => true,
            // It wants a password first.
            Err(error) => error.code() == Some("NOAUTH"),
        }
    }

    /// One command of `redis`, for what a store does not do.
    pub(crate) async fn ask<T: redis::FromRedisValue>(&self, words: &[&str]) -> T {
        let client = redis::Client::open(self.url()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]);
        command.query_async(&mut connection).await.unwrap()
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}
