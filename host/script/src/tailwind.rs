//! What an app says of Tailwind, and the words in it that may be its classes.
//!
//! Not here: Tailwind's engine, which the binary runs with what is found here.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use ferroflex_page::words::{self, Language};
use ferroflex_state::wire;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine, builtins::PyDict};

use crate::{AppSource, Page, Stylesheet, convert::to_value, packages};

/// What Tailwind makes an app's stylesheet of.
#[derive(Debug, Clone)]
pub struct Tailwind {
    /// The version that the configuration is written for: 3 or 4.
    pub version: u8,
    /// The configuration, a JSON object.
    pub config_json: String,
    /// Whether the author asked for it. It is on without that as well, for the sake of apps that
    /// were written when it always was; they have no stylesheet of it unless they use its classes.
    pub asked_for: bool,
    /// The words of the app's strings, in their order.
    pub words: Vec<String>,
    /// Those of them that can make one think that Tailwind is used.
    pub deciding: Vec<String>,
    /// The author's stylesheets that are written in Tailwind's language.
    pub stylesheets: Vec<String>,
}

/// What only Tailwind understands in a stylesheet.
const DIRECTIVES: [&str; 7] = [
    "@apply",
    "@theme",
    "@utility",
    "@variant",
    "@custom-variant",
    "@tailwind",
    "theme(",
];

impl Tailwind {
    /// What an app says of Tailwind; nothing when it is off, or nobody asked for it and no element
    /// has a class.
    ///
    /// # Errors
    /// When the configuration is no dictionary, or holds what JSON cannot.
    pub(crate) fn read(
        pages: &[Page],
        initial_state: &[u8],
        source: &AppSource,
        vm: &VirtualMachine,
    ) -> PyResult<Option<Self>> {
        let Some(said) = said(vm)? else {
            return Ok(None);
        };
        let (version, config_json, asked_for) = said;
        let used = || pages.iter().map(|page| &page.module.used);
        let computes = used().any(|used| used.computes_class_names);
        if !asked_for && !computes && used().all(|used| used.class_names.is_empty()) {
            return Ok(None);
        }
        let words = words(pages, initial_state, source, vm);
        let written = used().flat_map(|used| used.class_names.iter().cloned());
        // Words of prose are classes too: hidden, table.
        let compound = |word: &&String| computes && word.contains(['-', ':', '[']);
        let deciding: BTreeSet<String> = written
            .chain(words.iter().filter(compound).cloned())
            .collect();
        Ok(Some(Self {
            version,
            config_json,
            asked_for,
            words: words.into_iter().collect(),
            deciding: deciding.into_iter().collect(),
            stylesheets: vec![],
        }))
    }

    /// The same, with the author's stylesheets that are written in Tailwind's language.
    pub(crate) fn with_stylesheets(mut self, sheets: &[Stylesheet], assets: Option<&Path>) -> Self {
        let texts = sheets.iter().filter_map(|sheet| match sheet {
            Stylesheet::Asset(path) => fs::read_to_string(assets?.join(path)).ok(),
            Stylesheet::Elsewhere(_) => None,
        });
        let is_tailwinds = |text: &String| DIRECTIVES.iter().any(|it| text.contains(it));
        self.stylesheets = texts.filter(is_tailwinds).collect();
        self
    }
}

/// The version, the configuration as JSON, and whether the author asked for it.
fn said(vm: &VirtualMachine) -> PyResult<Option<(u8, String, bool)>> {
    let module = vm.import("reflex.config", 0)?.get_attr("config", vm)?;
    let said = vm.call_method(&module, "tailwind", ())?;
    if vm.is_none(&said) {
        return Ok(None);
    }
    let parts: Vec<PyObjectRef> = vm.extract_elements_with(&said, Ok)?;
    let [version, config, asked_for] = parts.as_slice() else {
        return Ok(None);
    };
    if config.downcast_ref::<PyDict>().is_none() {
        return Err(vm.new_type_error("the configuration of Tailwind must be a dictionary"));
    }
    let mut json = Vec::new();
    wire::write_value(&to_value(config, vm)?.value, &mut json);
    let json = String::from_utf8_lossy(&json).into_owned();
    let asked_for = asked_for.clone().try_to_bool(vm)?;
    Ok(Some((version.clone().try_into_value(vm)?, json, asked_for)))
}

/// The words of all strings in the pages' modules, the first state and the app's own modules.
fn words(
    pages: &[Page],
    initial_state: &[u8],
    source: &AppSource,
    vm: &VirtualMachine,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for page in pages {
        let javascript = &page.module.javascript;
        words::add_strings(javascript, Language::JavaScript, &mut found);
    }
    for file in modules(source, vm) {
        if let Ok(text) = fs::read_to_string(file) {
            words::add_strings(&text, Language::Python, &mut found);
        }
    }
    let state = String::from_utf8_lossy(initial_state);
    words::add_strings(&state, Language::JavaScript, &mut found);
    found
}

/// The files of the app's own modules that were imported.
fn modules(source: &AppSource, vm: &VirtualMachine) -> Vec<PathBuf> {
    let packages = packages::folders(vm);
    let is_own = |file: &PathBuf| {
        file.starts_with(&source.folder) && !packages.iter().any(|folder| file.starts_with(folder))
    };
    let modules = vm.sys_module.get_attr("modules", vm);
    let modules = modules.and_then(|it| {
        let values = vm.call_method(&it, "values", ())?;
        vm.extract_elements_with(&values, |module| Ok(file(&module, vm)))
    });
    let files = modules.unwrap_or_default();
    files.into_iter().flatten().filter(is_own).collect()
}

fn file(module: &PyObjectRef, vm: &VirtualMachine) -> Option<PathBuf> {
    let file = vm.get_attribute_opt(module, "__file__").ok().flatten()?;
    file.try_into_value::<String>(vm).ok().map(PathBuf::from)
}
