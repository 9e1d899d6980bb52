//! Holds the repository to the rules of the house. The rules themselves, and the tests that they
//! see what they should, are in `src/house`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use ferroflex_tests::house::{dependencies, limits, sources};
use serde::Deserialize;

#[test]
fn the_arrows_between_the_crates_hold() -> Result<()> {
    let manifest = repository().join("Cargo.toml");
    let mut command = Command::new(env!("CARGO"));
    command.args([
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version",
        "1",
    ]);
    let metadata = output(command.arg("--manifest-path").arg(manifest))?;
    let metadata: Metadata = serde_json::from_str(&metadata)?;
    assert!(metadata.packages.len() > 1, "cargo tells of too few crates");
    assert_none(&dependencies::violations(&metadata.packages));
    Ok(())
}

#[test]
fn the_sources_keep_the_rules() -> Result<()> {
    let files = source_files()?;
    assert!(files.len() > 50, "git tells of too few files");
    let mut found = Vec::new();
    for file in files {
        let path = repository().join(&file);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {file}"))?;
        found.extend(sources::violations(&file, &text));
        found.extend(limits::violations(&file, &text));
        found.extend(limits::undeclared(&file, &text));
    }
    assert_none(&found);
    Ok(())
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<dependencies::Package>,
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files that git tracks or would take up, without those that were just removed.
fn source_files() -> Result<Vec<String>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(repository());
    let listed = output(command.args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let here = |path: &&str| sources::concerns(path) && repository().join(path).is_file();
    Ok(listed.lines().filter(here).map(str::to_owned).collect())
}

fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot run {command:?}"))?;
    if !output.status.success() {
        bail!(
            "{command:?} failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn assert_none(found: &[String]) {
    assert!(
        found.is_empty(),
        "{} rules are broken:\n{}",
        found.len(),
        found.join("\n")
    );
}
