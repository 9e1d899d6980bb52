//! What is found out about an app while it is loaded: its pages, what fails, what is odd.
//!
//! Not here: finding it out (`read.rs`), and showing it, which is the caller's business.

use std::{collections::BTreeSet, fmt};

use rustpython_vm::{
    AsObject, PyObject, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyStr},
};

use super::known;
use crate::{Origin, Tailwind, failure, packages};

/// What the host says of a part of Reflex that it lacks, after the part's name; the verb before it
/// is `is` or `are`.
const LACKING: &str = " not in Ferroflex yet";

/// What was found out about an app.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// The pages that can be shown, in the order of their declaration.
    pub pages: Vec<SurveyedPage>,
    /// The names, without `rx.`, of the components that were made while the modules were imported,
    /// outside of any page's function. They may stand in pages.
    pub components: BTreeSet<String>,
    /// Everything that keeps the app from being served.
    pub failures: Vec<LoadFailure>,
    /// What the author should mend, though the app can be served.
    pub warnings: Vec<LoadWarning>,
    /// What Tailwind makes a stylesheet of, when it is on.
    pub tailwind: Option<Tailwind>,
}

/// A page that can be shown.
#[derive(Debug, Clone)]
pub struct SurveyedPage {
    /// The route, with a leading slash.
    pub route: String,
    /// The names, without `rx.`, of its components: as its function called them, and those of the
    /// elements that came of it.
    pub components: BTreeSet<String>,
    /// The size of its module, before compression.
    pub javascript_bytes: usize,
    /// The size of its stylesheet, before compression.
    pub css_bytes: usize,
}

/// What the author should mend, though the app can be served.
#[derive(Debug, Clone)]
pub struct LoadWarning {
    /// The route of the page that it is about; none when it is about the app.
    pub route: Option<String>,
    /// What is odd, and what to do.
    pub message: String,
}

/// At which step an app fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureKind {
    /// What it brings along to be imported cannot be.
    Packages,
    /// `rxconfig.py` is missing, raises or names no app.
    Config,
    /// A file is no Python.
    Syntax,
    /// Something that it imports is not there.
    Import,
    /// A module raises while it is imported.
    Module,
    /// What `rx.App(…)` was given does not make sense.
    Declaration,
    /// It declares no page.
    Pageless,
    /// A page's function raises, or its arguments do not make sense.
    Page,
    /// A page's module cannot be written.
    Generate,
    /// The defaults of a state cannot be computed or shown.
    State,
    /// The host itself is at fault.
    Host,
}

impl FailureKind {
    /// One word, for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Packages => "packages",
            Self::Config => "config",
            Self::Syntax => "syntax",
            Self::Import => "import",
            Self::Module => "module",
            Self::Declaration => "declaration",
            Self::Pageless => "pageless",
            Self::Page => "page",
            Self::Generate => "generate",
            Self::State => "state",
            Self::Host => "host",
        }
    }
}

/// Words for people.
impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Packages => "error in packages",
            Self::Config => "error in rxconfig.py",
            Self::Syntax => "syntax error",
            Self::Import => "import error",
            Self::Module => "error on import",
            Self::Declaration => "error in the app's declaration",
            Self::Pageless => "no page",
            Self::Page | Self::Generate => "error in page",
            Self::State => "error in a state's defaults",
            Self::Host => "internal error",
        })
    }
}

/// The page that a failure is about.
#[derive(Debug, Clone)]
pub struct PageName {
    /// The function's name.
    pub function: String,
    /// The route, with a leading slash.
    pub route: String,
}

/// Why an app cannot be served.
#[derive(Debug, Clone)]
pub struct LoadFailure {
    /// At which step it fails.
    pub kind: FailureKind,
    /// The page, when it is about one.
    pub page: Option<PageName>,
    /// What is missing, when something is: `rx.upload`, `reflex.testing`, `pandas`.
    pub name: Option<String>,
    /// Whether Reflex has what is missing here.
    pub known_to_reflex: bool,
    /// One line: the exception's type and text.
    pub message: String,
    /// The place in the app's files, when there is one.
    pub origin: Option<Origin>,
    /// The whole traceback.
    pub trace: String,
}

impl LoadFailure {
    /// What kind of fault it is and where: `syntax error`, `error in page index (/)`.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.page {
            Some(page) => format!("{} {} ({})", self.kind, page.function, page.route),
            None => self.kind.to_string(),
        }
    }

    /// A failure without an exception.
    pub(super) fn plain(kind: FailureKind, message: String) -> Self {
        Self {
            kind,
            page: None,
            name: None,
            known_to_reflex: false,
            message,
            origin: None,
            trace: String::new(),
        }
    }

    /// A configuration that makes no sense to what it is for.
    #[must_use]
    pub fn of_config(message: String) -> Self {
        Self::plain(FailureKind::Config, message)
    }

    /// What was raised.
    pub(super) fn raised(
        kind: FailureKind,
        raised: &PyBaseExceptionRef,
        vm: &VirtualMachine,
    ) -> Self {
        let lacking = lacking(raised, vm);
        let unknown = || missing(raised, vm);
        let known_to_reflex = lacking.is_some();
        let name = lacking.or_else(unknown);
        Self {
            known_to_reflex: known_to_reflex || name.as_deref().is_some_and(known::is_known),
            name,
            origin: failure::origin(raised, &packages::folders(vm), vm),
            trace: failure::trace(raised, vm),
            ..Self::plain(kind, failure::message(raised, vm))
        }
    }

    /// The same, about a page, whose function begins in `defined` if it is one: the place when
    /// nothing better is known.
    pub(super) fn of_page(
        mut self,
        function: String,
        route: String,
        defined: Option<(String, usize)>,
    ) -> Self {
        self.page = Some(PageName { function, route });
        let defined = || defined.map(|(file, line)| Origin::at(file, line));
        self.origin = self.origin.or_else(defined);
        self
    }
}

/// What the host said that it lacks.
fn lacking(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> Option<String> {
    if !raised.fast_isinstance(vm.ctx.exceptions.not_implemented_error) {
        return None;
    }
    let text = raised.as_object().str(vm).ok()?;
    named_as_lacking(&text.to_string_lossy())
}

fn named_as_lacking(text: &str) -> Option<String> {
    let (sentence, _) = text.split_once(LACKING)?;
    let name = sentence
        .strip_suffix(" is")
        .or_else(|| sentence.strip_suffix(" are"))?;
    Some(name.to_owned())
}

/// What an import or the look-up of an attribute did not find.
fn missing(raised: &PyBaseExceptionRef, vm: &VirtualMachine) -> Option<String> {
    let exceptions = &vm.ctx.exceptions;
    let is = |class| raised.fast_isinstance(class);
    if !is(exceptions.import_error) && !is(exceptions.attribute_error) {
        return None;
    }
    let text = raised.as_object().str(vm).ok()?;
    named_as_missing(&text.to_string_lossy()).or_else(|| attribute(raised.as_object(), "name", vm))
}

/// The full name in the texts that Python, and for components the host, write for what is not
/// there.
fn named_as_missing(text: &str) -> Option<String> {
    if let Some((name, _)) = text.split_once(" does not exist") {
        return name.starts_with("rx.").then(|| name.to_owned());
    }
    let mut quoted = text.split('\'').skip(1).step_by(2);
    let (first, second) = (quoted.next()?, quoted.next()?);
    if text.starts_with("cannot import name ") {
        return Some(format!("{second}.{first}"));
    }
    text.starts_with("module ")
        .then(|| format!("{first}.{second}"))
}

fn attribute(object: &PyObject, name: &'static str, vm: &VirtualMachine) -> Option<String> {
    let value = object.get_attr(name, vm).ok()?;
    let text = value.downcast_ref::<PyStr>()?;
    Some(text.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lacking_is_read_from_the_message() {
        let name = |text| named_as_lacking(text);
        let model = name("rx.Model is not in Ferroflex yet (the database)");
        assert_eq!(model.as_deref(), Some("rx.Model"));
        let many = name("custom vars are not in Ferroflex yet; write a function");
        assert_eq!(many.as_deref(), Some("custom vars"));
        assert_eq!(name("write get_component"), None);
    }

    #[test]
    fn what_is_missing_is_read_from_the_message() {
        let name = named_as_missing("cannot import name 'x' from 'reflex.y' (unknown location)");
        assert_eq!(name.as_deref(), Some("reflex.y.x"));
        let name = named_as_missing("module 'reflex.plugins' has no attribute 'sitemap'");
        assert_eq!(name.as_deref(), Some("reflex.plugins.sitemap"));
        let name = named_as_missing("rx.vstak does not exist; did you mean rx.vstack?");
        assert_eq!(name.as_deref(), Some("rx.vstak"));
        assert_eq!(named_as_missing("No module named 'z'"), None);
    }
}
