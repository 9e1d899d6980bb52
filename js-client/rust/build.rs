//! Builds the shell with npm and Vite when what was built does not belong to its sources.
//!
//! Several cargo processes may run this at once on one checkout, hence the lock. What it remembers
//! stands in `.build/`.

use std::{
    error::Error,
    fs::{self, File},
    hash::{DefaultHasher, Hasher as _},
    io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// What the built files are made of; a folder stands for all files in it.
const SOURCES: [&str; 7] = [
    ".npmrc",
    "bundle",
    "package-lock.json",
    "package.json",
    "src",
    "tsconfig.json",
    "vite.config.ts",
];

/// What decides which packages are installed.
const PACKAGES: [&str; 3] = [".npmrc", "package-lock.json", "package.json"];

/// The oldest Node that Vite runs on: major, minor.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// So many of the last lines of a failed command are shown.
const SHOWN_LINES: usize = 40;

type Outcome<Content = ()> = Result<Content, Box<dyn Error>>;

fn main() -> ExitCode {
    for source in SOURCES.iter().chain(&["dist", "rust/build.rs"]) {
        println!("cargo::rerun-if-changed={source}");
    }
    // As it is now: a target directory may be shared by several clones, and this program with it.
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    match build(Path::new(&root)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for line in error.to_string().lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn build(root: &Path) -> Outcome {
    let memory = root.join(".build");
    fs::create_dir_all(&memory)?;
    let lock = File::create(memory.join("lock"))?;
    lock.lock()?;

    let sources = Stamp::of(root, &SOURCES, memory.join("sources"))?;
    if sources.holds() && root.join("dist/manifest.json").exists() {
        return Ok(());
    }
    check_node()?;
    let packages = Stamp::of(root, &PACKAGES, memory.join("packages"))?;
    if !packages.holds() || !root.join("node_modules").exists() {
        run(root, "npm", &["ci", "--include=dev"])?;
        packages.keep()?;
    }
    run(
        root,
        "npm",
        &[
            "run",
            "build",
            "--",
            "--outDir",
            ".build/dist",
            "--emptyOutDir",
        ],
    )?;
    replace(&root.join("dist"), &memory.join("dist"))?;
    sources.keep()
}

/// Puts the new files in the place of the old ones, so that no half-written ones are ever there.
fn replace(old: &Path, new: &Path) -> io::Result<()> {
    if old.exists() {
        fs::remove_dir_all(old)?;
    }
    fs::rename(new, old)
}

/// The hash of files' contents, and where the hash of the last success is kept.
struct Stamp {
    hash: String,
    kept_in: PathBuf,
}

impl Stamp {
    fn of(root: &Path, names: &[&str], kept_in: PathBuf) -> Outcome<Self> {
        let mut hasher = DefaultHasher::new();
        for name in names {
            add(&mut hasher, root, &root.join(name))?;
        }
        Ok(Self {
            hash: format!("{:016x}", hasher.finish()),
            kept_in,
        })
    }

    fn holds(&self) -> bool {
        fs::read_to_string(&self.kept_in).is_ok_and(|kept| kept == self.hash)
    }

    fn keep(&self) -> Outcome {
        Ok(fs::write(&self.kept_in, &self.hash)?)
    }
}

/// Adds a file, or the files of a folder in the order of their names, to the hash.
fn add(hasher: &mut DefaultHasher, root: &Path, path: &Path) -> Outcome {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)?
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<_>>()?;
        entries.sort();
        return entries
            .iter()
            .try_for_each(|entry| add(hasher, root, entry));
    }
    let content = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    hasher.write(path.strip_prefix(root)?.as_os_str().as_encoded_bytes());
    hasher.write_usize(content.len());
    hasher.write(&content);
    Ok(())
}

fn check_node() -> Outcome {
    let output = command("node")
        .arg("--version")
        .output()
        .map_err(|error| missing("node", &error))?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let mut numbers = text
        .trim_start_matches('v')
        .split('.')
        .map_while(|part| part.parse().ok());
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if version >= OLDEST_NODE {
        return Ok(());
    }
    let (major, minor) = OLDEST_NODE;
    Err(
        format!("node {text} is too old to build the shell: install Node {major}.{minor} or later")
            .into(),
    )
}

fn run(root: &Path, program: &str, arguments: &[&str]) -> Outcome {
    let output = command(program)
        .args(arguments)
        .current_dir(root)
        .env("NODE_ENV", "production")
        .output()
        .map_err(|error| missing(program, &error))?;
    if output.status.success() {
        return Ok(());
    }
    let text =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    let lines: Vec<&str> = text.iter().flat_map(|part| part.lines()).collect();
    let tail = lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n");
    let line = arguments.join(" ");
    Err(format!(
        "`{program} {line}` in js-client failed ({}):\n{tail}",
        output.status
    )
    .into())
}

/// npm is a command file on Windows, which is not found without its extension.
fn command(program: &str) -> Command {
    let file = program == "npm" && cfg!(windows);
    Command::new(if file { "npm.cmd" } else { program })
}

fn missing(program: &str, error: &io::Error) -> String {
    let (major, minor) = OLDEST_NODE;
    format!(
        "cannot run {program} ({error}): the React shell is built with Node, install Node \
         {major}.{minor} or later with npm"
    )
}
