//! A Redis of the measurement's own, and what it counts about itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use ferroflex_tests::server::{Server, free_port};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::paced::Counter;

/// The section of `INFO` and its end as the protocol has it.
const ASK: &[u8] = b"INFO stats\r\nINFO commandstats\r\nQUIT\r\n";

/// A running Redis.
pub(crate) struct Redis {
    server: Server,
    port: u16,
}

impl Redis {
    /// Starts one that keeps what is written as Redis recommends, its files below `folder`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) async fn start(program: &Path, folder: &Path) -> Result<Self> {
        let folder = folder.join("redis");
        std::fs::create_dir_all(&folder)?;
        let port = free_port()?;
        let mut command = Command::new(program);
        command
            .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
            .args(["--save", "", "--appendonly", "yes"])
            .args(["--appendfsync", "everysec"])
            .arg("--dir")
            .arg(&folder);
        let mut server = Server::start(command, &folder.join("server.log"))?;
        let ready = |log: &str| log.contains("Ready to accept connections").then_some(());
        server.ready(async |log: &str| ready(log)).await?;
        Ok(Self { server, port })
    }

    /// The process's id.
    pub(crate) fn process(&self) -> u32 {
        self.server.process()
    }

    /// What `--store` takes for it.
    pub(crate) fn store(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// One of its counts, each a number after `name` and a separator, as `INFO` writes them.
    pub(crate) fn counter(&self, name: &'static str) -> Count {
        Count {
            port: self.port,
            name,
        }
    }
}

/// A count that Redis keeps.
pub(crate) struct Count {
    port: u16,
    name: &'static str,
}

impl Counter for Count {
    async fn read(&self) -> Result<u64> {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).await?;
        socket.write_all(ASK).await?;
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await?;
        Ok(number_after(&answer, self.name).unwrap_or(0))
    }
}

/// Where the program is, unless told otherwise.
pub(crate) fn default_program() -> PathBuf {
    PathBuf::from("redis-server")
}

/// The number after the name: what Redis never counted is not in its answer.
fn number_after(answer: &str, name: &str) -> Option<u64> {
    let line = answer.lines().find_map(|line| line.strip_prefix(name))?;
    let end = line.find(|character: char| !character.is_ascii_digit());
    let digits = line.get(..end.unwrap_or(line.len()))?;
    digits.parse().context("not a number").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_redis_writes_them() {
        let answer = "$99\r\ntotal_reads_processed:12\r\n\r\ncmdstat_evalsha:calls=34,usec=5\r\n";
        let read = |name| number_after(answer, name);
        assert_eq!(read("total_reads_processed:"), Some(12));
        assert_eq!(read("cmdstat_evalsha:calls="), Some(34));
        assert_eq!(read("cmdstat_get:calls="), None);
    }
}
