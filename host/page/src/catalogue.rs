//! The component catalogue: which components there are, what React sees of them, which props and
//! event triggers they take. Data, looked up by the name that Python code uses.
//!
//! Not here: components that are composed of others (`expand`).

mod aliases;
mod behaviour;
mod choices;
mod classes;
mod content;
mod data;
mod events;
mod former;
mod html;
mod missing;
mod own;
mod primitives;
mod radix;
mod recharts;
mod svg;

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

pub(crate) use behaviour::SCRIPT;
pub(crate) use choices::choices;
pub use classes::class_named;
pub(crate) use data::NAMED_ICON;
pub use events::{ArgKind, ArgSpec, EventArg, TriggerSpec};
pub(crate) use events::{MOUNT, UNMOUNT};
pub use missing::known_missing;
pub use own::{Description, Own, react_name, trigger_names};

use crate::{PageError, suggest};
use aliases::{ALIASES, NAMESPACE_ALIASES};

/// One component.
#[derive(Debug)]
pub struct Entry {
    /// The name after `rx.`, dotted for members of a namespace.
    pub name: &'static str,
    /// Where its React component comes from.
    pub source: Source,
    /// The HTML tag, or the path of the component in its module (`TextField.Root`), with ` as ` and
    /// another name where two modules have the same one.
    pub tag: &'static str,
    /// Its own props under their Python names, groups of names separated by spaces.
    pub props: &'static [&'static str],
    /// Those of its props that its React component does not know: they are taken and left out.
    pub ignored: &'static [&'static str],
    /// Whether it takes HTML's global attributes.
    pub attributes: bool,
    /// Its own event triggers, besides those that every component has.
    pub triggers: &'static [TriggerSpec],
    /// Values of props that the author did not give.
    pub defaults: &'static [(&'static str, &'static str)],
    /// The same for values that are no text, written in JavaScript.
    pub literals: &'static [(&'static str, &'static str)],
    /// Style of its own, under the author's.
    pub style: &'static [(&'static str, &'static str)],
    /// A class name of its own.
    pub class_name: &'static str,
    /// Whether it holds children.
    pub children: Children,
    /// Props whose value the user edits, each with the trigger that says so.
    pub controlled: &'static [(&'static str, &'static str)],
}

/// Where a React component comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// An element of HTML or SVG.
    Html,
    /// Radix Themes.
    Radix,
    /// Recharts: a chart or a part of one.
    Recharts,
    /// Another module of the shell, by its import specifier. It wants the theme's colours.
    Module(&'static str),
    /// The same for one that needs nothing of the theme.
    Plain(&'static str),
    /// An icon of lucide, inlined into the page.
    Icon,
    /// React's fragment.
    Fragment,
    /// A class of the app's own: a library's component, or one that its code defines.
    Own(&'static Own),
}

/// Whether a component holds children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Children {
    /// Text and elements.
    Any,
    /// One text and nothing else, not even a component that makes text.
    Text,
    /// Nothing: a void element.
    None,
}

/// What the name of a keyword argument means for a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A prop, under its React name.
    Prop(Cow<'static, str>),
    /// An attribute (`data_*`, `aria_*`), under its HTML name.
    Attribute(String),
    /// An event trigger.
    Trigger,
    /// A style prop; also what is not known otherwise.
    Style,
    /// `style=`, a dictionary of style props.
    StyleDict,
    /// `custom_attrs=`, a dictionary of attributes.
    CustomAttributes,
    /// `class_name=`.
    ClassName,
    /// `id=`.
    Id,
    /// `key=`.
    Key,
}

/// What a namespace such as `rx.table` holds.
#[derive(Debug)]
pub struct Namespace {
    /// The names of its members, in their order.
    pub members: Vec<&'static str>,
    /// What calling the namespace itself makes, if it can be called.
    pub callable: Option<&'static Entry>,
}

/// The values from which each table's rows start.
pub(crate) const BASE: Entry = Entry {
    name: "",
    source: Source::Html,
    tag: "",
    props: &[],
    ignored: &[],
    attributes: true,
    triggers: &[],
    defaults: &[],
    literals: &[],
    style: &[],
    class_name: "",
    children: Children::Any,
    controlled: &[],
};

/// Under which further names the libraries' components are known, the longest first.
const LIBRARIES: &[&str] = &[
    "radix.themes.components.",
    "radix.themes.layout.",
    "radix.themes.typography.",
    "radix.themes.",
    "radix.primitives.",
    "radix.",
    "lucide.",
];

/// Primitives that have the name of a component of Radix Themes, and are another.
const PRIMITIVES: &[&str] = &["radix.primitives.dialog", "radix.primitives.progress"];

/// The attributes that every HTML element has.
const GLOBAL_ATTRIBUTES: &str = "access_key auto_capitalize content_editable context_menu dir \
    draggable enter_key_hint hidden input_mode item_prop lang role slot spell_check tab_index \
    title";

static BY_NAME: LazyLock<HashMap<&'static str, &'static Entry>> = LazyLock::new(|| {
    let mut index: HashMap<_, _> = entries().map(|entry| (entry.name, entry)).collect();
    for (alias, name) in ALIASES {
        if let Some(entry) = index.get(name).copied() {
            index.insert(alias, entry);
        }
    }
    index
});

/// Every component, in the tables' order.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    let tables = [
        html::ENTRIES,
        svg::ENTRIES,
        radix::ENTRIES,
        primitives::ENTRIES,
        recharts::ENTRIES,
        content::ENTRIES,
        behaviour::ENTRIES,
        data::ENTRIES,
    ];
    tables.into_iter().flatten()
}

/// The component that Python code calls `rx.<name>`; a trailing underscore does not count.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    let name = name.strip_suffix('_').unwrap_or(name);
    BY_NAME.get(&*canonical(name)).copied()
}

/// The same as [`find`], saying what is wrong when there is no such component.
///
/// # Errors
/// When the name is unknown, not in Ferroflex yet, or that of a namespace that cannot be called.
pub fn require(name: &str) -> Result<&'static Entry, PageError> {
    if let Some(entry) = find(name) {
        return Ok(entry);
    }
    let plain = &*canonical(name);
    if let Some(instead) = former::instead_of(plain) {
        return Err(PageError::FormerComponent {
            name: name.to_owned(),
            instead,
        });
    }
    if let Some(reason) = known_missing(plain) {
        return Err(PageError::MissingComponent {
            name: name.to_owned(),
            reason,
        });
    }
    if let Some(group) = namespace(name) {
        return Err(PageError::NotCallable {
            name: name.to_owned(),
            list: group.members,
        });
    }
    let suggestion = suggest::closest(plain, BY_NAME.keys().copied()).map(str::to_owned);
    Err(PageError::UnknownComponent {
        name: name.to_owned(),
        suggestion,
    })
}

/// The text for which `rx.<name>` stands, if it is the name of a constant.
#[must_use]
pub fn constant(name: &str) -> Option<&'static str> {
    let mut constants = content::CONSTANTS.iter();
    constants
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

/// What `rx.<name>` holds when it is a namespace.
#[must_use]
pub fn namespace(name: &str) -> Option<Namespace> {
    if is_library(name) {
        return Some(library(name));
    }
    let canonical = canonical(name);
    let constants = content::CONSTANTS.iter().map(|(name, _)| name);
    let mut members: Vec<&'static str> = BY_NAME
        .keys()
        .chain(constants)
        .filter_map(|key| key.strip_prefix(&*canonical)?.strip_prefix('.'))
        .collect();
    members.sort_unstable();
    let group = Namespace {
        members,
        callable: find(name),
    };
    (!group.members.is_empty()).then_some(group)
}

/// Whether it is a library's name, alone (`radix.themes`).
fn is_library(name: &str) -> bool {
    let mut libraries = LIBRARIES.iter();
    libraries.any(|library| library.strip_suffix('.') == Some(name))
}

/// What a library's name holds: all its components, however deep Reflex keeps each of them.
fn library(name: &str) -> Namespace {
    let is_icons = name == "lucide";
    let belongs = |entry: &&Entry| match entry.source {
        Source::Icon => is_icons,
        Source::Radix => !is_icons,
        _ => false,
    };
    let mut members: Vec<&'static str> = entries()
        .filter(belongs)
        .map(|entry| {
            entry
                .name
                .split_once('.')
                .map_or(entry.name, |(first, _)| first)
        })
        .collect();
    members.sort_unstable();
    members.dedup();
    Namespace {
        members,
        callable: None,
    }
}

/// The name as the tables have it: today's for a former one, without the library that it may be
/// given under (`radix.themes.button`), and with a namespace's second name replaced by its first.
pub(crate) fn canonical(name: &str) -> Cow<'_, str> {
    if let Some(renamed) = former::renamed(name) {
        return Cow::Borrowed(renamed);
    }
    let is_primitive = PRIMITIVES
        .iter()
        .any(|primitive| name.starts_with(primitive));
    let name = if is_primitive {
        name
    } else {
        LIBRARIES
            .iter()
            .find_map(|library| name.strip_prefix(library))
            .unwrap_or(name)
    };
    let alias = NAMESPACE_ALIASES.iter().find_map(|(alias, first)| {
        let rest = name.strip_prefix(alias)?;
        (rest.is_empty() || rest.starts_with('.')).then(|| format!("{first}{rest}"))
    });
    alias.map_or(Cow::Borrowed(name), Cow::Owned)
}

impl Entry {
    /// What the keyword argument `name` means for this component.
    #[must_use]
    pub fn place(&self, name: &str) -> Place {
        match name {
            "style" => return Place::StyleDict,
            "custom_attrs" => return Place::CustomAttributes,
            "class_name" => return Place::ClassName,
            "id" => return Place::Id,
            "key" => return Place::Key,
            _ if name.starts_with("on_") && self.prop(name).is_none() => return Place::Trigger,
            _ => {}
        }
        match self.prop(name) {
            Some(javascript) => Place::Prop(javascript),
            None if name.starts_with("data_") || name.starts_with("aria_") => {
                Place::Attribute(name.replace('_', "-"))
            }
            None => Place::Style,
        }
    }

    /// The React name of the prop that Python code calls `name`, if the component has it.
    #[must_use]
    pub fn prop(&self, name: &str) -> Option<Cow<'static, str>> {
        let bare = name.strip_suffix('_').unwrap_or(name);
        let known = |group: &&str| group.split(' ').any(|prop| prop == name || prop == bare);
        let own = self.props.iter().any(known);
        let global = self.attributes && known(&GLOBAL_ATTRIBUTES);
        (own || global).then(|| self.react_name(bare))
    }

    /// The names of its own props and of the attributes that it takes.
    pub(crate) fn prop_names(&self) -> impl Iterator<Item = &'static str> {
        let attributes = self.attributes.then_some(GLOBAL_ATTRIBUTES);
        let groups = self.props.iter().copied().chain(attributes);
        groups.flat_map(str::split_whitespace)
    }

    /// Whether the prop is taken and left out.
    pub(crate) fn ignores(&self, name: &str) -> bool {
        let bare = name.strip_suffix('_').unwrap_or(name);
        let mut names = self.ignored.iter().flat_map(|group| group.split(' '));
        names.any(|prop| prop == name || prop == bare)
    }

    fn react_name(&self, name: &str) -> Cow<'static, str> {
        let radix = self.source == Source::Radix;
        match name {
            "color_scheme" if radix => Cow::Borrowed("color"),
            "spacing" if radix => Cow::Borrowed("gap"),
            "spacing_x" if radix => Cow::Borrowed("gapX"),
            "spacing_y" if radix => Cow::Borrowed("gapY"),
            "for" => Cow::Borrowed("htmlFor"),
            "class" => Cow::Borrowed("className"),
            other => Cow::Owned(camel_case(other)),
        }
    }

    /// The event trigger that Python code calls `name`.
    #[must_use]
    pub fn trigger(&self, name: &str) -> Option<&'static TriggerSpec> {
        let own = self.triggers.iter().find(|trigger| trigger.name == name);
        own.or_else(|| events::COMMON.iter().find(|trigger| trigger.name == name))
    }

    /// The same as [`Entry::trigger`], saying what is wrong when there is none.
    ///
    /// # Errors
    /// When the component has no such trigger.
    pub fn require_trigger(&self, name: &str) -> Result<&'static TriggerSpec, PageError> {
        self.trigger(name).ok_or_else(|| PageError::UnknownTrigger {
            component: self.name,
            trigger: name.to_owned(),
            suggestion: suggest::closest(name, self.trigger_names()).map(str::to_owned),
        })
    }

    /// The names of all its triggers, in Python's words.
    pub fn trigger_names(&self) -> impl Iterator<Item = &'static str> {
        let all = self.triggers.iter().chain(events::COMMON);
        all.map(|trigger| trigger.name)
    }
}

/// `snake_case` to `camelCase`.
pub(crate) fn camel_case(name: &str) -> String {
    let mut words = name.split(['_', '-']).filter(|word| !word.is_empty());
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}
