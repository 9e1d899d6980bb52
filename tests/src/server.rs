//! A server process that a test or the load client starts, waits for and ends, with all that it
//! starts itself.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::time::{Instant, sleep};

/// How long a server may take until it is ready: Reflex needs seconds on a busy machine.
const START_TIMEOUT: Duration = Duration::from_mins(2);
/// How often is looked whether it is.
const START_INTERVAL: Duration = Duration::from_millis(50);
/// How much of the log an error message shows.
const LOG_LINES_SHOWN: usize = 20;

/// The variable that says where a Ferroflex server keeps its sessions.
const STORE: &str = "FERROFLEX_STORE";

/// A running server. Dropping it ends the whole process group, also when this program panics or is
/// interrupted.
pub struct Server {
    child: Child,
    log: PathBuf,
}

impl Server {
    /// Starts the command in a process group of its own, its output going to the file `log`.
    ///
    /// # Errors
    /// When the log cannot be written, or the program cannot be started.
    pub fn start(mut command: Command, log: &Path) -> Result<Self> {
        let output =
            File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .process_group(0);
        // Many run in the same folder at the same time, and most are not to find what another left.
        if !command.get_envs().any(|(name, _)| name == STORE) {
            command.env(STORE, "memory");
        }
        let child = command.spawn().with_context(|| {
            format!(
                "cannot start {}",
                Path::new(command.get_program()).display()
            )
        })?;
        Ok(Self {
            child,
            log: log.to_owned(),
        })
    }

    /// The process's id.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks the server, as a process manager does, to stop.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn terminate(&self) -> Result<()> {
        let process = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        let process = process.context("the server has no process")?;
        Ok(kill_process(process, Signal::TERM)?)
    }

    /// Whether it has ended.
    ///
    /// # Errors
    /// When the operating system does not know.
    pub fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// Waits until `find` finds in the log what tells that the server is ready.
    ///
    /// # Errors
    /// When the server ends, or is not ready in time.
    pub async fn ready<T>(&mut self, find: impl AsyncFn(&str) -> Option<T>) -> Result<T> {
        let deadline = Instant::now() + START_TIMEOUT;
        loop {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            if let Some(found) = find(&log).await {
                return Ok(found);
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended ({status}); it said:\n{}", tail(&log));
            }
            if Instant::now() > deadline {
                bail!(
                    "the server was not ready in {START_TIMEOUT:?}; it said:\n{}",
                    tail(&log)
                );
            }
            sleep(START_INTERVAL).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing of it is of use afterwards, so it is not asked politely. An error means that
        // the group is gone already.
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

/// The address in the log of a ferroflex server that listens.
#[must_use]
pub fn address(log: &str) -> Option<String> {
    let line = log.lines().find(|line| line.contains("listening on "))?;
    let address = line.split("listening on ").nth(1)?;
    Some(address.trim().to_owned())
}

/// A port that nothing listens on at this moment, for a server that cannot choose one itself.
///
/// # Errors
/// When there is none.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(LOG_LINES_SHOWN)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, name: &str) -> Server {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let file = format!("ferroflex-bench-{name}-{}.log", std::process::id());
        Server::start(command, &std::env::temp_dir().join(file)).unwrap()
    }

    #[test]
    fn the_address_is_found_among_other_lines() {
        let log = "INFO loading\nlistening on http://127.0.0.1:4711\n";
        assert_eq!(address(log).unwrap(), "http://127.0.0.1:4711");
        assert_eq!(address("INFO loading\n"), None);
    }

    #[tokio::test]
    async fn dropping_ends_what_the_server_started() {
        let mut server = shell("sleep 600 & echo child $! ; wait", "drop");
        let child = server
            .ready(async |log: &str| log.strip_prefix("child ")?.trim().parse::<u32>().ok())
            .await
            .unwrap();
        assert!(running(child));
        let log = server.log.clone();
        drop(server);
        while running(child) {
            sleep(START_INTERVAL).await;
        }
        fs::remove_file(log).unwrap();
    }

    /// A killed process whose parent has not yet waited for it is a zombie, state Z.
    fn running(process: u32) -> bool {
        fs::read_to_string(format!("/proc/{process}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
    }

    #[tokio::test]
    async fn a_server_that_ends_is_told_with_its_words() {
        let mut server = shell("echo no such app; exit 3", "end");
        let error = server
            .ready(async |_: &str| None::<()>)
            .await
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("no such app") && error.contains('3'),
            "{error}"
        );
        fs::remove_file(&server.log).unwrap();
    }
}
