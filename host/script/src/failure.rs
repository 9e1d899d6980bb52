//! Python exceptions as data: one line for a client, the whole traceback for the log, and file,
//! line and source for an app that does not load.

use std::path::{Path, PathBuf};

use ferroflex_session::Failure;
use rustpython_vm::{
    AsObject, PyRef, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyTraceback},
};

/// How many source lines are shown before and after the one at fault.
const LINES_AROUND: usize = 3;

/// Where in the user's files something went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file's path.
    pub file: String,
    /// The line's number, from 1.
    pub line: usize,
    /// The lines around it with their numbers; empty when the file cannot be read.
    pub source: Vec<(usize, String)>,
}

impl Origin {
    /// The place with the lines around it, read from the file.
    pub(crate) fn at(file: String, line: usize) -> Self {
        let source = excerpt(&file, line);
        Self { file, line, source }
    }
}

/// What went wrong, for the client and the log.
pub(crate) fn failure(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> Failure {
    Failure {
        message: message(raised, vm),
        trace: trace(raised, vm),
    }
}

/// One line: the exception's type and text.
pub(crate) fn message(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    let class = raised.class().name().to_string();
    let text = raised
        .as_object()
        .str(vm)
        .map(|text| text.to_string_lossy().into_owned());
    match text {
        Ok(text) if !text.is_empty() => format!("{class}: {text}"),
        _ => class,
    }
}

/// The traceback as Python writes it.
pub(crate) fn trace(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    let mut text = String::new();
    match vm.write_exception(&mut text, raised) {
        Ok(()) => text,
        Err(_) => message(raised, vm),
    }
}

/// The innermost place of an exception that is in a file on disk and, where there is one, not in a
/// folder of `packages`, which are not the author's; for a syntax error, the place that it names.
pub(crate) fn origin(
    raised: &PyBaseExceptionRef,
    packages: &[PathBuf],
    vm: &VirtualMachine,
) -> Option<Origin> {
    let is_own = |file: &Path| !packages.iter().any(|folder| file.starts_with(folder));
    let (file, line) = syntax_place(raised, vm)
        .or_else(|| innermost_place(raised, is_own))
        .or_else(|| innermost_place(raised, |_| true))?;
    Some(Origin::at(file, line))
}

fn syntax_place(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> Option<(String, usize)> {
    if !raised.fast_isinstance(vm.ctx.exceptions.syntax_error) {
        return None;
    }
    let object = raised.as_object();
    let file: String = object
        .get_attr("filename", vm)
        .ok()?
        .try_into_value(vm)
        .ok()?;
    let line: usize = object
        .get_attr("lineno", vm)
        .ok()?
        .try_into_value(vm)
        .ok()?;
    Some((file, line))
}

fn innermost_place(
    raised: &PyBaseExceptionRef,
    counts: impl Fn(&Path) -> bool,
) -> Option<(String, usize)> {
    let mut next: Option<PyRef<PyTraceback>> = raised.traceback();
    let mut found = None;
    while let Some(entry) = next {
        let file = entry.frame.f_code().source_path().to_string();
        let path = Path::new(&file);
        if path.is_file() && counts(path) {
            found = Some((file, entry.lineno.get()));
        }
        let inner = entry.next.lock().clone();
        next = inner;
    }
    found
}

fn excerpt(file: &str, line: usize) -> Vec<(usize, String)> {
    let Ok(text) = std::fs::read_to_string(file) else {
        return Vec::new();
    };
    let numbered = text
        .lines()
        .enumerate()
        .map(|(index, text)| (index + 1, text.to_owned()));
    let first = line.saturating_sub(LINES_AROUND);
    numbered
        .filter(|(number, _)| (first..=line + LINES_AROUND).contains(number))
        .collect()
}
