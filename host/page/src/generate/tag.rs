//! The React component that stands for an element.
//!
//! Not here: components of an app's own (`own`), and what an element gives its component (`props`).

use super::{CORE, Generator, props::react_name, radix};
use crate::{
    PageError,
    catalogue::Source,
    emit, javascript,
    node::{Element, Prop},
};

/// The icon that is drawn for a name that no icon has.
const UNKNOWN_ICON: &str = "circle-help";

impl Generator<'_> {
    /// The React component, imported or made.
    pub(super) fn tag(&mut self, element: &Element) -> Result<String, PageError> {
        let tag = match element.entry.source {
            Source::Html => javascript::string(element.entry.tag),
            Source::Fragment => {
                self.core.insert("Fragment");
                "Fragment".to_owned()
            }
            Source::Radix => {
                let tag = element.entry.tag;
                let name = tag.split_once('.').map_or(tag, |(name, _)| name);
                let module = radix::module_of(name);
                self.modules.entry(module).or_default().insert(name);
                tag.to_owned()
            }
            Source::Recharts => self.themed("recharts", element.entry.tag),
            Source::Module(specifier) => self.themed(specifier, element.entry.tag),
            Source::Plain(CORE) => {
                self.core.insert(element.entry.tag);
                element.entry.tag.to_owned()
            }
            Source::Plain(specifier) => {
                let tag = element.entry.tag;
                self.modules.entry(specifier).or_default().insert(tag);
                tag.to_owned()
            }
            Source::Icon => self.icon(element)?,
            Source::Own(own) => self.own_tag(own, element)?,
        };
        Ok(match controlled_prop(element) {
            Some(prop) => {
                self.core.insert("controlled");
                self.constant(
                    "I",
                    format!("controlled({tag}, {})", javascript::string(&prop)),
                )
            }
            None => tag,
        })
    }

    /// A component of a module that has no theme of its own, but wants Radix's colours.
    fn themed(&mut self, module: &'static str, tag: &'static str) -> String {
        self.modules.entry(radix::BASE).or_default();
        self.modules.entry(module).or_default().insert(tag);
        tag.rsplit(' ').next().unwrap_or(tag).to_owned()
    }

    fn icon(&mut self, element: &Element) -> Result<String, PageError> {
        let tag = element.props.iter().find(|(name, _)| name == "tag");
        let name = match tag {
            Some((_, Prop::Value(tag))) => tag.constant_text(),
            _ => None,
        };
        let Some(name) = name else {
            return Err(PageError::Prop {
                component: "icon",
                prop: "tag".to_owned(),
                problem:
                    "must be the name of an icon, written out (rx.match chooses between icons)"
                        .to_owned(),
            });
        };
        let value = self.drawn(name)?;
        self.core.insert("icon");
        Ok(self.constant("i", value))
    }

    /// Writes an icon. As in Reflex another one stands for a name that no icon has: one that
    /// lucide renamed must not cost the page.
    fn drawn(&mut self, name: &str) -> Result<String, PageError> {
        let (name, drawing) = match (self.icons.find(name), self.icons.find(UNKNOWN_ICON)) {
            (Err(unknown), Ok(instead)) => {
                let warning = format!("{unknown} ({UNKNOWN_ICON} is shown instead)");
                self.warn(warning);
                instead
            }
            (found, _) => found?,
        };
        Ok(format!("icon({}, {drawing})", javascript::string(&name)))
    }
}

/// The React name of the prop whose value the user edits and the state holds, if there is one.
fn controlled_prop(element: &Element) -> Option<String> {
    element.entry.controlled.iter().find_map(|(name, trigger)| {
        let value = element.props.iter().find_map(|(prop, value)| match value {
            Prop::Value(value) if prop == name => Some(value),
            _ => None,
        })?;
        let told = element.events.iter().any(|(event, _)| event == trigger);
        (told && !emit::is_static(value)).then(|| react_name(element, name))
    })
}
