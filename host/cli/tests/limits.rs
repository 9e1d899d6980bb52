//! The page of limits says what the binary has.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::process::Command;

/// What `ferroflex limits` writes with these options.
fn written(options: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ferroflex"));
    let output = command.arg("limits").args(options).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_page_of_limits_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../LIMITS.md");
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        kept == written(&["--format", "markdown"]),
        "host/LIMITS.md is not what the binary says; renew it from the repository's root with\n  \
         target/release/ferroflex limits --format markdown > host/LIMITS.md"
    );
}

#[test]
fn the_columns_hold_every_limit_of_the_page() {
    let columns = written(&[]);
    let page = written(&["--format", "markdown"]);
    let names: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    assert!(names.len() > 100, "{names:?}");
    for name in names {
        assert!(columns.contains(name), "{name} is missing");
    }
}
