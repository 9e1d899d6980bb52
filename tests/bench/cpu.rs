//! The CPU time of a process and of everything that it started, read from `/proc`.
//!
//! User and system time of all threads, those that have ended included. The kernel counts it in
//! ticks (10 ms on most machines), which is a small part of a measurement of seconds. The time of a
//! child process that ended between two readings is not seen; servers keep theirs.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

/// The CPU time that `root` and its descendants have used so far.
pub(crate) fn of_tree(root: u32) -> Result<Duration> {
    let processes = read_processes()?;
    let ticks = processes
        .keys()
        .filter(|process| descends(&processes, **process, root))
        .map(|process| processes[process].ticks)
        .sum::<u64>();
    processes
        .get(&root)
        .with_context(|| format!("process {root} is not running"))?;
    to_duration(ticks)
}

/// The CPU time that one process has used so far.
pub(crate) fn of_process(process: u32) -> Result<Duration> {
    let stat = fs::read_to_string(stat_path(process))
        .with_context(|| format!("process {process} is not running"))?;
    to_duration(
        parse(&stat)
            .context("a line of /proc/<pid>/stat is not as expected")?
            .ticks,
    )
}

fn to_duration(ticks: u64) -> Result<Duration> {
    let ticks_per_second = f64::from(u32::try_from(rustix::param::clock_ticks_per_second())?);
    #[expect(clippy::cast_precision_loss, reason = "no process runs for 2^52 ticks")]
    Ok(Duration::from_secs_f64(ticks as f64 / ticks_per_second))
}

struct Process {
    parent: u32,
    ticks: u64,
}

fn read_processes() -> Result<HashMap<u32, Process>> {
    let entries = fs::read_dir("/proc").context("CPU time is read from /proc, as Linux has it")?;
    Ok(entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        // A process may end while the others are read.
        .filter_map(|id: u32| Some((id, parse(&fs::read_to_string(stat_path(id)).ok()?)?)))
        .collect())
}

fn stat_path(process: u32) -> String {
    format!("/proc/{process}/stat")
}

/// Reads a line of `/proc/<pid>/stat`. The second field, the program's name in parentheses, may
/// hold blanks and parentheses itself; the fields counted here follow its end.
fn parse(stat: &str) -> Option<Process> {
    let fields: Vec<&str> = stat
        .get(stat.rfind(')')? + 1..)?
        .split_whitespace()
        .collect();
    let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
    Some(Process {
        parent: u32::try_from(number(1)?).ok()?,
        ticks: number(11)? + number(12)?,
    })
}

fn descends(processes: &HashMap<u32, Process>, process: u32, root: u32) -> bool {
    let parent = |process: &u32| processes.get(process).map(|found| found.parent);
    // Ids may be reused while they are read, so that parents could form a circle.
    std::iter::successors(Some(process), parent)
        .take(processes.len())
        .any(|id| id == root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_does_not_shift_the_fields() {
        let line = "7 (a ) b) S 3 7 7 0 -1 0 0 0 0 0 120 30 0 0 20 0 1 0 5 0 0";
        let process = parse(line).unwrap();
        assert_eq!((process.parent, process.ticks), (3, 150));
    }

    #[test]
    fn a_descendant_counts_and_a_stranger_does_not() {
        let process = |parent| Process { parent, ticks: 1 };
        let processes = HashMap::from([(2, process(1)), (3, process(2)), (4, process(1))]);
        assert!(descends(&processes, 3, 2));
        assert!(!descends(&processes, 4, 2));
    }

    #[test]
    fn work_done_here_is_seen() {
        let before = of_tree(std::process::id()).unwrap();
        let mut number = 1_u64;
        while of_tree(std::process::id()).unwrap() < before + Duration::from_millis(30) {
            number = std::hint::black_box(number.wrapping_mul(31));
        }
        assert!(of_tree(u32::MAX).is_err());
    }
}
