//! What components of an app's own bring along: libraries, code at the module's top level, hooks.
//!
//! Not here: whether a library is there to be imported, which the script host checks.

use std::collections::{BTreeMap, BTreeSet};

use super::Generator;
use crate::{
    PageError,
    catalogue::Own,
    emit::{Reading, Selection},
    expr::{Expr, Import},
    javascript,
    node::{Action, Additions, CommandValue, Element, Prop, StyleValue, Trigger},
};

/// What the runtime hands on of React, so that a name is imported once whoever asks for it.
const OF_REACT: &[&str] = &[
    "Fragment",
    "Suspense",
    "cloneElement",
    "createContext",
    "createElement",
    "forwardRef",
    "lazy",
    "memo",
    "useCallback",
    "useContext",
    "useEffect",
    "useId",
    "useLayoutEffect",
    "useMemo",
    "useReducer",
    "useRef",
    "useState",
];

/// What the runtime hands on of React's other module.
const OF_JSX: &[&str] = &["jsx", "jsxs"];

/// Files that a browser cannot run as they are.
const COMPILED: &[&str] = &[".jsx", ".tsx", ".ts"];

/// What the app's own components import, and what they add.
#[derive(Debug, Default)]
pub(super) struct Authored {
    /// By specifier: the names as an import statement has them. Without any, the module is
    /// imported for its effect alone.
    imports: BTreeMap<String, BTreeSet<String>>,
    /// The names of what was imported for a tag, by specifier and name.
    tags: BTreeMap<(String, String), String>,
    /// Statements at the module's top level, each once.
    code: Vec<String>,
    /// Addresses of stylesheets.
    stylesheets: Vec<String>,
    /// Hooks of the component that is being written.
    hooks: Vec<String>,
}

impl Authored {
    /// The import statements.
    pub(super) fn imports(&self) -> impl Iterator<Item = String> {
        self.imports.iter().flat_map(|(module, names)| {
            let module = javascript::string(module);
            let whole = |name: &&String| name.starts_with("* as ");
            let (whole, named): (Vec<&String>, Vec<&String>) = names.iter().partition(whole);
            let mut lines: Vec<String> = Vec::new();
            if !named.is_empty() {
                let named: Vec<&str> = named.into_iter().map(String::as_str).collect();
                lines.push(format!("import {{ {} }} from {module};", named.join(", ")));
            }
            lines.extend(
                whole
                    .into_iter()
                    .map(|name| format!("import {name} from {module};")),
            );
            if lines.is_empty() {
                lines.push(format!("import {module};"));
            }
            lines
        })
    }

    /// The statements at the module's top level.
    pub(super) fn code(&self) -> &[String] {
        &self.code
    }

    /// The specifiers that are imported, and the addresses of stylesheets.
    pub(super) fn specifiers(&self) -> impl Iterator<Item = &String> {
        self.imports.keys().chain(&self.stylesheets)
    }

    /// The names that are imported from modules whose specifiers begin so.
    pub(super) fn imported(&self, start: &str) -> impl Iterator<Item = &String> {
        let modules = self.imports.iter();
        let found = modules.filter(move |(specifier, _)| specifier.starts_with(start));
        found.flat_map(|(_, names)| names)
    }

    /// The rules that load the stylesheets, which stand before all others.
    pub(super) fn stylesheet_rules(&self) -> String {
        let rule = |address: &String| format!("@import {};\n", javascript::string(address));
        self.stylesheets.iter().map(rule).collect()
    }
}

impl Generator<'_> {
    /// The component of a library, imported, or the name that the author's code gives it.
    pub(super) fn own_tag(&mut self, own: &Own, element: &Element) -> Result<String, PageError> {
        let tag = element.entry.tag;
        let Some(library) = &own.library else {
            return Ok(own.alias.clone().unwrap_or_else(|| tag.to_owned()));
        };
        let (name, path) = match tag.split_once('.') {
            Some((name, _)) => (name, &tag[name.len()..]),
            None => (tag, ""),
        };
        let specifier = self.specifier(element.entry.name, library)?;
        let exported = if own.is_default { "default" } else { name };
        let alias = own.alias.as_deref().unwrap_or_default();
        let key = (specifier.clone(), format!("{exported} {alias}"));
        let local = match self.authored.tags.get(&key) {
            Some(local) => local.clone(),
            None => match &own.alias {
                Some(alias) => alias.split('.').next().unwrap_or(alias).to_owned(),
                None => self.name("X"),
            },
        };
        self.authored.tags.insert(key, local.clone());
        let names = self.authored.imports.entry(specifier).or_default();
        names.insert(format!("{exported} as {local}"));
        Ok(match &own.alias {
            Some(alias) if alias.contains('.') => alias.clone(),
            _ => format!("{local}{path}"),
        })
    }

    /// Takes in what an element's class adds; the hooks it is given when its component is written.
    pub(super) fn add_to_module(
        &mut self,
        component: &str,
        additions: &Additions,
    ) -> Result<(), PageError> {
        for import in &additions.imports {
            self.import(component, import)?;
        }
        for code in &additions.code {
            let code = self.without_plain_imports(component, code)?;
            if !code.trim().is_empty() && !self.authored.code.contains(&code) {
                self.authored.code.push(code);
            }
        }
        for hook in &additions.hooks {
            for import in &hook.needs.imports {
                self.import(component, import)?;
            }
        }
        Ok(())
    }

    /// Takes in what the author's JavaScript in expressions needs. Its hooks go into the component
    /// that is being written.
    pub(super) fn add_needs<'e>(
        &mut self,
        component: &str,
        exprs: impl IntoIterator<Item = &'e Expr>,
    ) -> Result<(), PageError> {
        for needs in exprs.into_iter().flat_map(Expr::needs) {
            for import in &needs.imports {
                self.import(component, import)?;
            }
            for hook in &needs.hooks {
                self.add_hook(hook.to_string());
            }
        }
        Ok(())
    }

    /// Writes the hooks of an element's class into the component that is being written.
    pub(super) fn add_hooks(
        &mut self,
        additions: &Additions,
        selection: &mut Selection,
    ) -> Result<(), PageError> {
        for hook in &additions.hooks {
            for needed in &hook.needs.hooks {
                self.add_hook(needed.to_string());
            }
            let written = self.emitter(Reading::Selected(selection)).statement(hook)?;
            self.add_hook(written);
        }
        Ok(())
    }

    fn add_hook(&mut self, hook: String) {
        if !self.authored.hooks.contains(&hook) {
            self.authored.hooks.push(hook);
        }
    }

    /// The hooks noted since `outer` was set aside, as statements.
    pub(super) fn take_hooks(&mut self, outer: Vec<String>) -> String {
        let hooks = std::mem::replace(&mut self.authored.hooks, outer);
        hooks.iter().fold(String::new(), |statements, hook| {
            statements + "\n" + hook + "\n;"
        })
    }

    /// Sets the hooks that were noted aside, while something inside is written.
    pub(super) fn set_hooks_aside(&mut self) -> Vec<String> {
        std::mem::take(&mut self.authored.hooks)
    }

    /// Wraps a part of a row, which may use no hooks itself.
    pub(super) fn with_hooks(&mut self, written: String, hooks: &str) -> String {
        if hooks.is_empty() {
            return written;
        }
        let helper = self.helper("Hooked", "function Hooked(p) { return p.of(); }");
        let of = format!("() => {{ {hooks}\nreturn {written}; }}");
        self.call(helper, &[("of".to_owned(), of)], vec![], None)
    }

    fn import(&mut self, component: &str, import: &Import) -> Result<(), PageError> {
        let name = import.name.as_deref().unwrap_or_default();
        let file = if import.library.is_empty() {
            name
        } else {
            &import.library
        };
        if is_stylesheet(file) {
            return self.stylesheet(component, file);
        }
        let specifier = self.specifier(component, &import.library)?;
        let known = match &*specifier {
            "react" => OF_REACT,
            "react/jsx-runtime" => OF_JSX,
            _ => &[],
        };
        if let Ok(position) = known.binary_search(&name)
            && import.alias.is_none()
            && !import.is_default
        {
            self.core.insert(known[position]);
            return Ok(());
        }
        let names = self.authored.imports.entry(specifier).or_default();
        names.extend(statement(import));
        Ok(())
    }

    fn stylesheet(&mut self, component: &str, file: &str) -> Result<(), PageError> {
        let specifier = self.specifier(component, file)?;
        let address = if specifier.starts_with('/') {
            specifier
        } else {
            format!("{}/{MODULES}/{specifier}", self.base)
        };
        if !self.authored.stylesheets.contains(&address) {
            self.authored.stylesheets.push(address);
        }
        Ok(())
    }

    /// Takes statements that import a module for its effect alone out of the author's code, where
    /// stylesheets are often imported.
    fn without_plain_imports(&mut self, component: &str, code: &str) -> Result<String, PageError> {
        let mut kept = Vec::new();
        for line in code.lines() {
            match plain_import(line) {
                Some(file) => {
                    let import = Import {
                        library: file.into(),
                        name: None,
                        alias: None,
                        is_default: false,
                    };
                    self.import(component, &import)?;
                }
                None => kept.push(line),
            }
        }
        Ok(kept.join("\n"))
    }

    /// The specifier under which the browser finds the library: without a version, files of the
    /// app's own by their address.
    fn specifier(&self, component: &str, library: &str) -> Result<String, PageError> {
        let refuse = |problem: &str| PageError::Library {
            component: component.to_owned(),
            library: library.to_owned(),
            problem: problem.to_owned(),
        };
        if library.contains("://") {
            return Err(refuse(
                "pages load scripts from their own server only; put the file into assets/ and \
                 name it library=\"/public/<file>\"",
            ));
        }
        if COMPILED
            .iter()
            .any(|extension| library.ends_with(extension))
        {
            return Err(refuse(
                "the browser runs it as it stands, without a compiler; write it as an ES module \
                 (.js) with jsx(Tag, { prop }) from \"react/jsx-runtime\" in place of <Tag>, or \
                 compile it to one",
            ));
        }
        let path = library.strip_prefix('$').unwrap_or(library);
        if let Some(file) = path.strip_prefix("/public/") {
            return Ok(format!("{}/{}", self.base, file.trim_start_matches('/')));
        }
        if library.starts_with('$') {
            return Err(refuse(
                "it is a file that Reflex writes, and that Ferroflex does not have",
            ));
        }
        Ok(match library.strip_prefix('/') {
            Some(file) => format!("{}/{file}", self.base),
            None => without_version(library),
        })
    }
}

/// The folder in an app's assets for modules that the shell does not have.
pub const MODULES: &str = "_modules";

/// Whether the element's class has hooks.
pub(super) fn holds_hooks(element: &Element) -> bool {
    let additions = element.additions.as_deref();
    additions.is_some_and(|additions| !additions.hooks.is_empty())
}

/// Whether expressions of the element's own need hooks.
pub(super) fn needs_hooks_for(element: &Element) -> bool {
    exprs(element).into_iter().any(needs_hooks)
}

/// The expressions of an element's own, those of its triggers included.
pub(super) fn exprs(element: &Element) -> Vec<&Expr> {
    let props = element.props.iter().filter_map(|(_, prop)| match prop {
        Prop::Value(value) => Some(value),
        Prop::Node(_) | Prop::Templates(_) => None,
    });
    let plain = [&element.class_name, &element.id, &element.key];
    let events = element.events.iter();
    props
        .chain(plain.into_iter().flatten())
        .chain(
            element
                .style
                .iter()
                .flat_map(|(_, value)| style_exprs(value)),
        )
        .chain(events.flat_map(|(_, trigger)| exprs_of(trigger)))
        .collect()
}

fn style_exprs(value: &StyleValue) -> Vec<&Expr> {
    match value {
        StyleValue::Value(value) => vec![value],
        StyleValue::Responsive(values) => values.iter().map(|(_, value)| value).collect(),
        StyleValue::Nested(style) => style
            .iter()
            .flat_map(|(_, value)| style_exprs(value))
            .collect(),
    }
}

/// Whether an expression needs hooks in the component around it.
pub(super) fn needs_hooks(expr: &Expr) -> bool {
    expr.needs().iter().any(|needs| !needs.hooks.is_empty())
}

/// The expressions that a trigger's actions hold.
fn exprs_of(trigger: &Trigger) -> Vec<&Expr> {
    let mut found = Vec::new();
    for action in &trigger.actions {
        push_exprs(action, &mut found);
    }
    found
}

fn push_exprs<'a>(action: &'a Action, found: &mut Vec<&'a Expr>) {
    match action {
        Action::Handler { args, .. } => found.extend(args),
        Action::Command(entries) => {
            for (_, value) in entries {
                match value {
                    CommandValue::Value(value) => found.push(value),
                    CommandValue::Callback(callback) => {
                        callback
                            .actions
                            .iter()
                            .for_each(|action| push_exprs(action, found));
                    }
                }
            }
        }
        Action::ToggleColorMode => {}
        Action::Call(function, _) => found.push(function),
        Action::Choose {
            test,
            then,
            otherwise,
        } => {
            found.push(test);
            then.iter()
                .chain(otherwise)
                .for_each(|action| push_exprs(action, found));
        }
    }
}

/// The import as it stands in a statement, if it names anything.
fn statement(import: &Import) -> Option<String> {
    let name = import.name.as_deref()?;
    let alias = import.alias.as_deref();
    Some(match (import.is_default, alias) {
        (true, alias) => format!("default as {}", alias.unwrap_or(name)),
        (false, Some(alias)) => format!("{name} as {alias}"),
        (false, None) => name.to_owned(),
    })
}

fn is_stylesheet(file: &str) -> bool {
    let path = file.split(['?', '#']).next().unwrap_or(file);
    std::path::Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "css")
}

/// What `import "file"` imports.
fn plain_import(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("import")?.trim_start();
    let quote = rest
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''))?;
    let (file, after) = rest[1..].split_once(quote)?;
    after.trim_matches([';', ' ']).is_empty().then_some(file)
}

/// `react-colorful@5.6.1` to `react-colorful`, `@scope/name@^1/part` to `@scope/name/part`.
fn without_version(library: &str) -> String {
    let scope = usize::from(library.starts_with('@'));
    let Some(at) = library[scope..].find('@').map(|at| at + scope) else {
        return library.to_owned();
    };
    let rest = &library[at..];
    let path = rest.find('/').map_or("", |slash| &rest[slash..]);
    format!("{}{path}", &library[..at])
}

#[cfg(test)]
mod tests {
    use super::{plain_import, without_version};

    #[test]
    fn a_version_is_no_part_of_a_specifier() {
        let table = [
            ("react-colorful@5.6.1", "react-colorful"),
            ("react-colorful", "react-colorful"),
            ("@scope/name@^1.2", "@scope/name"),
            ("@scope/name", "@scope/name"),
            ("@scope/name@1/dist/part.js", "@scope/name/dist/part.js"),
            ("leaflet@1.9/dist/leaflet.css", "leaflet/dist/leaflet.css"),
        ];
        for (library, specifier) in table {
            assert_eq!(without_version(library), specifier);
        }
    }

    #[test]
    fn imports_for_their_effect_are_told_from_others() {
        assert_eq!(plain_import("import 'a/b.css';"), Some("a/b.css"));
        assert_eq!(plain_import("  import \"a\""), Some("a"));
        assert_eq!(plain_import("import { a } from 'b'"), None);
        assert_eq!(plain_import("const a = 1;"), None);
        assert_eq!(plain_import("import('a')"), None);
    }
}
