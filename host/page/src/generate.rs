//! A page's component tree to its ES module and stylesheet, as `MODULES.md` describes them.
//!
//! Not here: expressions (`emit`), styles (`style`).

mod around;
mod chart;
mod element;
mod event;
mod head;
mod nodes;
mod own;
mod props;
mod radix;
mod tag;
mod template;
mod typos;
mod used;

pub use around::content;
pub use event::{EVENT_NAMES as EVENT_ARGUMENTS, ON_LOAD};
pub use own::MODULES;
pub use used::Used;

use own::Authored;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use ferroflex_state::Value;

use crate::{
    Icons, LoadItem, Names, PageError, PageHead,
    emit::{Emitter, Locals, Reading, Selection},
    javascript,
    load::load_items,
    node::{Node, Trigger},
    style::{self, AppStyle, PageRoot, Sheet, THEME_CLASS},
};

/// A page as its function returned it.
#[derive(Debug, Clone)]
pub struct Page {
    /// The route, `/` or `/posts/[id]`.
    pub route: String,
    /// What it has in the document's head.
    pub head: PageHead,
    /// The tree.
    pub root: Node,
    /// What stands around all pages of the app, with [`content`] where the page is to stand.
    pub around: Option<Node>,
    /// Whether the shell shows messages by itself, when the app has no place of its own for them.
    pub has_toaster: bool,
    /// The props of Radix's theme, under their Python names; Radix's own when there are none.
    pub theme: Option<Vec<(String, Value)>>,
    /// The style of all pages of the app.
    pub style: Arc<AppStyle>,
    /// What happens when the page is opened.
    pub on_load: Trigger,
    /// The path under which the app is served, before every address of its own that begins with
    /// a slash; empty when it is served alone.
    pub base: String,
}

/// What a page becomes.
#[derive(Debug, Clone)]
pub struct Module {
    /// The ES module.
    pub javascript: String,
    /// The stylesheet.
    pub css: String,
    /// The import specifiers that the module uses.
    pub specifiers: Vec<String>,
    /// What it uses of the components' stylesheet.
    pub used: Used,
    /// What components of the app's own import besides: specifiers, and addresses of the app's own
    /// files, which begin with a slash.
    pub libraries: Vec<String>,
    /// The name for its files, without an extension: the route's words and the content's hash.
    pub file_stem: String,
    /// What the author should mend, though the page can be shown.
    pub warnings: Vec<String>,
    /// The names of the catalogue's entries that it shows.
    pub components: BTreeSet<&'static str>,
    /// What happens when the page is opened, for whoever does it before the browser.
    pub load: Vec<LoadItem>,
}

/// The specifier of React's pieces and the runtime.
const CORE: &str = "@ferroflex/core";

/// What the specifiers of Radix's components begin with.
const RADIX: &str = "@radix-ui/themes";

impl Module {
    /// Whether the module reads a field of a substate, by their numbers: `[state][field]` stands
    /// where it does. Text of the author's that looks the same counts as well, which costs no more
    /// than telling the browser a field that it does not show.
    #[must_use]
    pub fn reads(&self, state: usize, field: usize) -> bool {
        self.javascript.contains(&format!("[{state}][{field}]"))
    }
}

/// Writes the module and the stylesheet of a page.
///
/// # Errors
/// When the tree uses what the names or the icons do not have; the error names the component.
pub fn generate(page: &Page, names: &Names, icons: &Icons) -> Result<Module, PageError> {
    let mut generator = Generator::new(page, names, icons);
    let root = generator.node(&page.root, &mut Place::Page)?;
    let around = page.around.as_ref();
    let around = around.map(|around| generator.around(around)).transpose()?;
    generator.page_style();
    let theme = generator.theme(page.theme.as_deref());
    let mut app = vec![("theme".to_owned(), theme)];
    app.extend(around.map(|around| ("around".to_owned(), around)));
    if !page.has_toaster {
        app.push(("toaster".to_owned(), "false".to_owned()));
    }
    let shown = generator.call("App", &app, vec![root], None);
    generator.core.insert("App");
    generator.load(&page.on_load)?;
    generator.head(&page.head)?;
    let load = load_items(&page.on_load.actions, names)?;
    let javascript = generator.module(&shown);
    let specifiers = generator.specifiers();
    let used = generator.used(page.theme.as_deref());
    let (warnings, components) = (generator.warnings, generator.components);
    let libraries = generator.authored.specifiers().cloned().collect();
    let rules = generator.authored.stylesheet_rules();
    let css = rules + &generator.sheet.into_css();
    let content = style::base36(style::hash(&format!("{javascript}{css}")));
    let file_stem = format!("{}-{content}", route_words(&page.route));
    Ok(Module {
        javascript,
        css,
        specifiers,
        used,
        libraries,
        file_stem,
        warnings,
        components,
        load,
    })
}

/// The words of a route, for the name of a file.
fn route_words(route: &str) -> String {
    let allowed = |letter: char| letter.is_ascii_alphanumeric();
    let words: Vec<_> = route
        .split(|letter| !allowed(letter))
        .filter(|w| !w.is_empty())
        .collect();
    if words.is_empty() {
        "index".to_owned()
    } else {
        words.join("-")
    }
}

/// Where a node stands: it decides who reads the state for it.
enum Place<'p> {
    /// On the page: what depends on the state becomes a component of its own.
    Page,
    /// In the row of a loop, which is written in one piece and may use no hooks.
    Row(&'p mut Selection),
}

/// Writes one page.
struct Generator<'a> {
    names: &'a Names,
    icons: &'a Icons,
    base: &'a str,
    /// What is imported from the runtime.
    core: BTreeSet<&'static str>,
    /// The numbers of the handlers that events are sent to.
    sent: BTreeSet<usize>,
    /// What is imported from other modules.
    modules: BTreeMap<&'static str, BTreeSet<&'static str>>,
    sheet: Sheet,
    /// The style of all pages.
    app_style: &'a AppStyle,
    /// What is used of the components' stylesheet, but for what is imported.
    used: Used,
    /// What the author should mend.
    warnings: Vec<String>,
    /// The names of the entries that were written.
    components: BTreeSet<&'static str>,
    /// Constants and components before the page, in the order in which they can be evaluated.
    hoisted: Vec<String>,
    /// How many names of each kind were given.
    counts: BTreeMap<&'static str, usize>,
    /// Names of constants by what they are.
    constants: HashMap<String, String>,
    /// The names that `foreach` bound around the current node.
    locals: Locals,
    /// How many loops stand around the current node.
    depth: usize,
    /// Whether the name `mode` holds the colour mode here.
    has_color_mode: bool,
    /// The name of props from outside that the next element is given besides its own.
    given: Option<&'static str>,
    /// Whether a chart is being written, which looks at its children for its parts.
    in_chart: bool,
    /// Whether what is written may read names of hooks.
    in_hooks: bool,
    /// What the app's own components bring along.
    authored: Authored,
}

impl<'a> Generator<'a> {
    fn new(page: &'a Page, names: &'a Names, icons: &'a Icons) -> Self {
        Self {
            names,
            icons,
            base: &page.base,
            app_style: &page.style,
            used: Used::default(),
            core: BTreeSet::new(),
            sent: BTreeSet::new(),
            modules: BTreeMap::new(),
            sheet: Sheet::default(),
            hoisted: Vec::new(),
            warnings: Vec::new(),
            components: BTreeSet::new(),
            counts: BTreeMap::new(),
            constants: HashMap::new(),
            locals: Locals::new(),
            depth: 0,
            has_color_mode: false,
            given: None,
            in_chart: false,
            in_hooks: false,
            authored: Authored::default(),
        }
    }

    /// The writer of expressions that stand here.
    fn emitter<'s>(&'s mut self, reading: Reading<'s>) -> Emitter<'s> {
        Emitter {
            names: self.names,
            core: &mut self.core,
            sent: &mut self.sent,
            reading,
            locals: &self.locals,
            event: &[],
            color_mode: self.has_color_mode.then_some("mode"),
        }
    }

    /// A new name: the kind's letter and a number.
    fn name(&mut self, kind: &'static str) -> String {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        format!("{kind}{count}")
    }

    /// The name of a constant, which is written once.
    fn constant(&mut self, kind: &'static str, value: String) -> String {
        if let Some(name) = self.constants.get(&value) {
            return name.clone();
        }
        let name = self.name(kind);
        self.hoisted.push(format!("const {name} = {value};"));
        self.constants.insert(value, name.clone());
        name
    }

    /// A helper of the module's own, written once.
    fn helper(&mut self, name: &'static str, source: &str) -> &'static str {
        if self
            .constants
            .insert(name.to_owned(), name.to_owned())
            .is_none()
        {
            self.hoisted.push(source.to_owned());
        }
        name
    }

    /// Writes an element: props, children, key.
    fn call(
        &mut self,
        tag: &str,
        props: &[(String, String)],
        children: Vec<String>,
        key: Option<String>,
    ) -> String {
        let (function, props) = with_children(props, children);
        self.core.insert(function);
        let key = key.map(|key| format!(", {key}")).unwrap_or_default();
        format!("{function}({tag}, {props}{key})")
    }

    /// Writes the app's style for pages as such.
    fn page_style(&mut self) {
        let style = self.app_style.page();
        self.used.style(style);
        let root = if self.uses_radix() {
            PageRoot::Themes
        } else {
            PageRoot::Body
        };
        for property in self.sheet.add_page(style, root) {
            self.warnings.push(format!(
                "rx.App(style=): {property} is left out, because it depends on the state; set it \
                 on a component"
            ));
        }
    }

    /// What the page uses of the components' stylesheet.
    fn used(&mut self, theme: Option<&[(String, Value)]>) -> Used {
        let mut used = std::mem::take(&mut self.used);
        let modules = self.modules.iter();
        let of_radix = modules.filter(|(module, _)| module.starts_with(RADIX));
        for name in of_radix.flat_map(|(_, names)| names) {
            used.import(name);
        }
        for name in self.authored.imported(RADIX) {
            used.import(name);
        }
        let mut props = theme.unwrap_or_default().iter();
        let accent = props.find(|(name, _)| name == "accent_color");
        used.theme(match accent {
            Some((_, Value::Str(accent))) => Some(accent),
            _ => None,
        });
        used
    }

    /// The props of Radix's theme, or null on a page that does not use Radix.
    fn theme(&self, given: Option<&[(String, Value)]>) -> String {
        if !self.uses_radix() {
            return "null".to_owned();
        }
        let props = given.unwrap_or_default().iter();
        let given = props.filter(|(_, value)| !matches!(value, Value::None));
        let mut named: Vec<_> = given
            .map(|(name, value)| (crate::catalogue::camel_case(name), javascript::value(value)))
            .collect();
        if !self.app_style.page().is_empty() {
            let own = named.iter().position(|(name, _)| name == "className");
            let own = own.map(|index| format!(" + \" \" + {}", named.remove(index).1));
            let class = javascript::string(THEME_CLASS) + &own.unwrap_or_default();
            named.push(("className".to_owned(), class));
        }
        javascript::object(
            named
                .iter()
                .map(|(name, value)| (name.as_str(), value.clone())),
        )
    }

    fn uses_radix(&self) -> bool {
        self.modules.keys().any(|module| module.starts_with(RADIX))
    }

    fn module(&self, shown: &str) -> String {
        let mut lines = vec![import(CORE, self.core.iter())];
        lines.extend(
            self.modules
                .iter()
                .map(|(module, names)| import(module, names.iter())),
        );
        lines.extend(self.authored.imports());
        lines.push(String::new());
        lines.extend(self.authored.code().iter().cloned());
        lines.extend(self.hoisted.iter().cloned());
        lines.extend(self.handlers());
        lines.push(format!(
            "\nexport default function Page() {{\n  return {shown};\n}}\n"
        ));
        lines.join("\n")
    }

    /// The names of the handlers that the page sends events to, which outlive the build.
    fn handlers(&self) -> Option<String> {
        let names = self.names.handlers();
        let name = |number: &usize| javascript::string(&names[*number]);
        let entry = |number| format!("{number}: {}", name(number));
        let entries: Vec<_> = self.sent.iter().map(entry).collect();
        let written = entries.join(", ");
        (!entries.is_empty()).then(|| format!("\nexport const handlers = {{ {written} }};"))
    }

    fn specifiers(&self) -> Vec<String> {
        std::iter::once(CORE)
            .chain(self.modules.keys().copied())
            .map(str::to_owned)
            .collect()
    }
}

fn import<'n>(module: &str, names: impl Iterator<Item = &'n &'static str>) -> String {
    let names: Vec<&str> = names.copied().collect();
    let module = javascript::string(module);
    if names.is_empty() {
        return format!("import {module};");
    }
    format!("import {{ {} }} from {module};", names.join(", "))
}

/// React's function that makes an element with so many children, and the element's props with the
/// children among them.
fn with_children(props: &[(String, String)], mut children: Vec<String>) -> (&'static str, String) {
    let mut entries: Vec<(&str, String)> = props
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let function = if children.len() > 1 { "jsxs" } else { "jsx" };
    match children.len() {
        0 => {}
        1 => entries.push(("children", children.remove(0))),
        _ => entries.push(("children", javascript::array(children))),
    }
    (function, javascript::object(entries.into_iter()))
}
