//! Keyword arguments that look like misspelt props: what is no prop becomes style without a word, so
//! that a typo would otherwise show nothing but its missing effect.

use super::Generator;
use crate::{
    node::{Element, StyleValue},
    style, suggest,
};

impl Generator<'_> {
    /// Warns of each style prop that CSS does not know and that is close to something known.
    pub(super) fn warn_of_typos(&mut self, element: &Element) {
        for (name, value) in &element.style {
            let nests = matches!(value, StyleValue::Nested(_));
            if nests || style::is_known(name) {
                continue;
            }
            let component = element.entry.name;
            match meant(element, name) {
                Some(meant) if meant == *name => self.warn(format!(
                    "rx.{component}: {name} is no CSS property but a prop, which has no effect in \
                     a style; give it to the component itself"
                )),
                Some(meant) => self.warn(format!(
                    "rx.{component}: {name} is neither a prop nor a CSS property; did you mean \
                     {meant}?"
                )),
                None => {}
            }
        }
    }

    /// Keeps a warning, once.
    pub(super) fn warn(&mut self, warning: String) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}

/// What the name is probably a misspelling of: a prop of the component, else a style prop.
fn meant(element: &Element, name: &str) -> Option<String> {
    let prop = suggest::misspelt(name, element.entry.prop_names());
    let style = || {
        let properties: Vec<_> = style::property_names().collect();
        suggest::misspelt(name, properties.iter().map(String::as_str)).map(str::to_owned)
    };
    prop.map(str::to_owned).or_else(style)
}
