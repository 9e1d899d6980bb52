//! Components of an app's own classes, described once and kept for the process' life, so that an
//! element refers to any component in the same way.
//!
//! Not here: what their classes add to a module besides (`node::Additions`).

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use super::{BASE, Children, Entry, Source, TriggerSpec, camel_case, find};
use crate::PageError;
use crate::limits::DESCRIPTIONS_MAX;

/// What a class of an app's own says of its component.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Description {
    /// The class's name, for messages.
    pub class: String,
    /// The name in the catalogue of the component that the class is derived from.
    pub base: Option<String>,
    /// The library's specifier as the author wrote it.
    pub library: Option<String>,
    /// The name in the library, or an HTML tag; with dots after it the path inside.
    pub tag: Option<String>,
    /// Whether it is the library's default export.
    pub is_default: bool,
    /// Its name in the module.
    pub alias: Option<String>,
    /// Whether it must not be rendered on the server, where there is no `window`.
    pub client_only: bool,
    /// Its event triggers under their Python and React names, besides those of the base.
    pub triggers: Vec<(String, String)>,
}

/// Where the component of a class of an app's own comes from.
#[derive(Debug, PartialEq, Eq)]
pub struct Own {
    /// The library's specifier as the author wrote it; without one the tag is a name of the
    /// module's, or an HTML tag.
    pub library: Option<String>,
    /// Whether it is the library's default export.
    pub is_default: bool,
    /// Its name in the module.
    pub alias: Option<String>,
    /// Whether it must not be rendered on the server. Pages are rendered in the browser today.
    pub client_only: bool,
}

static KEPT: LazyLock<Mutex<HashMap<Description, &'static Entry>>> = LazyLock::new(Mutex::default);

impl Description {
    /// The entry that stands for the component, the same for equal descriptions.
    ///
    /// # Errors
    /// When the process keeps as many descriptions as it may, or there is no such base.
    pub fn entry(self) -> Result<&'static Entry, PageError> {
        // A description is whole at any moment, whatever happened to a thread that held the lock.
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = kept.get(&self) {
            return Ok(entry);
        }
        if kept.len() == DESCRIPTIONS_MAX {
            return Err(PageError::OwnComponents {
                max: DESCRIPTIONS_MAX,
            });
        }
        let entry = self.make()?;
        kept.insert(self, entry);
        Ok(entry)
    }

    /// Makes the entry. It lives as long as the process, as the catalogue's do.
    fn make(&self) -> Result<&'static Entry, PageError> {
        let base = match &self.base {
            Some(name) => super::require(name)?,
            None => &BASE,
        };
        let own = |(name, javascript): &(String, String)| TriggerSpec {
            name: keep(name),
            javascript: keep(javascript),
            args: &[],
        };
        let triggers: Vec<TriggerSpec> = self.triggers.iter().map(own).collect();
        let inherited = base.triggers.iter().map(|trigger| TriggerSpec {
            name: trigger.name,
            javascript: trigger.javascript,
            args: trigger.args,
        });
        let triggers: Vec<TriggerSpec> = triggers.into_iter().chain(inherited).collect();
        let replaced = self.library.is_some() || self.tag.is_some() || self.base.is_none();
        let tag = match (&self.tag, replaced) {
            (Some(tag), _) => keep(tag),
            (None, true) => "",
            (None, false) => base.tag,
        };
        Ok(Box::leak(Box::new(Entry {
            name: if self.base.is_some() {
                base.name
            } else {
                keep(&self.class)
            },
            source: if replaced { self.source() } else { base.source },
            tag,
            triggers: Box::leak(triggers.into_boxed_slice()),
            children: if replaced {
                Children::Any
            } else {
                base.children
            },
            ..*base
        })))
    }

    fn source(&self) -> Source {
        let tag = self.tag.as_deref().unwrap_or_default();
        if self.library.is_none() && tag.is_empty() {
            return Source::Fragment;
        }
        if self.library.is_none() && tag.starts_with(|first: char| first.is_ascii_lowercase()) {
            return Source::Html;
        }
        Source::Own(Box::leak(Box::new(Own {
            library: self.library.clone(),
            is_default: self.is_default,
            alias: self.alias.clone(),
            client_only: self.client_only,
        })))
    }
}

/// The names of the event triggers that a component has, under their Python names; of those that
/// every component has, without one.
#[must_use]
pub fn trigger_names(component: Option<&str>) -> Vec<&'static str> {
    let entry = component.and_then(find).unwrap_or(&BASE);
    let all = entry.triggers.iter().chain(super::events::COMMON);
    all.map(|trigger| trigger.name).collect()
}

/// The React name of a prop or an event trigger of a class: `on_value_change`, `onValueChange`.
#[must_use]
pub fn react_name(name: &str) -> String {
    match name.strip_suffix('_').unwrap_or(name) {
        "for" => "htmlFor".to_owned(),
        "class" => "className".to_owned(),
        name => camel_case(name),
    }
}

fn keep(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker() -> Description {
        Description {
            class: "Picker".to_owned(),
            base: None,
            library: Some("react-colorful@5.6.1".to_owned()),
            tag: Some("HexColorPicker".to_owned()),
            is_default: false,
            alias: None,
            client_only: false,
            triggers: vec![("on_pick".to_owned(), "onPick".to_owned())],
        }
    }

    #[test]
    fn equal_descriptions_are_one_entry() {
        let (one, other) = (picker().entry().unwrap(), picker().entry().unwrap());
        assert!(std::ptr::eq(one, other));
        assert_eq!(one.trigger("on_pick").unwrap().javascript, "onPick");
        assert_eq!(one.trigger("on_click").unwrap().javascript, "onClick");
        assert!(one.trigger("on_nothing").is_none());
    }

    #[test]
    fn what_a_class_leaves_out_comes_from_its_base() {
        let button = Description {
            base: Some("button".to_owned()),
            library: None,
            tag: None,
            ..picker()
        };
        let entry = button.entry().unwrap();
        let base = super::super::require("button").unwrap();
        assert_eq!(
            (entry.name, entry.source, entry.tag),
            (base.name, base.source, base.tag)
        );
        assert!(entry.trigger("on_pick").is_some());
    }

    #[test]
    fn a_class_without_a_library_is_a_tag_or_a_fragment() {
        let source = |tag: Option<&str>| {
            let tag = tag.map(str::to_owned);
            let described = Description {
                library: None,
                tag,
                ..picker()
            };
            described.entry().unwrap().source
        };
        assert_eq!(source(Some("div")), Source::Html);
        assert_eq!(source(None), Source::Fragment);
        assert!(matches!(source(Some("Drawn")), Source::Own(_)));
    }
}
