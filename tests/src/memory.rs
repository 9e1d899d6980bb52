//! The memory of a process, read from `/proc`.

use std::fs;

use anyhow::{Context, Result, bail};

/// What the process holds in memory, in MiB.
///
/// # Errors
/// When it is not running.
pub fn rss_mib(process: u32) -> Result<u64> {
    Ok(rss_kib(process)? / 1024)
}

/// The same in KiB.
///
/// # Errors
/// When it is not running.
pub fn rss_kib(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))
        .with_context(|| format!("process {process} is not running"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    match kib.map(str::parse::<u64>) {
        Some(Ok(kib)) => Ok(kib),
        _ => bail!("/proc/{process}/status does not tell the memory"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_runs_holds_memory() {
        assert!(rss_mib(std::process::id()).unwrap() > 0);
        assert!(rss_mib(u32::MAX).is_err());
    }
}
