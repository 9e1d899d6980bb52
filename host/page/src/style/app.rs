//! The style of a whole app, `App(style={…})`: what holds for its pages as such, and what for every
//! component of a name.
//!
//! Not here: how one element's style becomes CSS (`style.rs`).

use super::{Computed, Rule, Sheet, StyleValue, Writer, css, names};
use crate::{catalogue, expr::Expr};

/// The class of every theme's element, which a page's style is for.
pub(crate) const THEME_CLASS: &str = "rx-Theme";

/// What a page's style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageRoot {
    /// The themes on it, which would cover what `body` has: colours and fonts are their own.
    Themes,
    /// `body`, where there is no theme.
    Body,
}

/// Style props in their order.
type Props = Vec<(String, StyleValue)>;

/// What an app says of the style of its pages.
#[derive(Debug, Clone, Default)]
pub struct AppStyle {
    page: Props,
    /// By the components' names in the catalogue.
    components: Vec<(&'static str, Props)>,
}

impl AppStyle {
    /// Of style props and selectors for the page, and of dictionaries by the components' names
    /// (`text`, `el.div`). The later of two dictionaries for one component counts.
    #[must_use]
    pub fn new(page: &[(String, Expr)], components: &[(String, Expr)]) -> Self {
        let entry = |name: &str| catalogue::find(name).map(|entry| entry.name);
        let styles = components.iter().filter_map(|(name, style)| {
            let style = super::entries(style)?;
            Some((entry(name)?, props(&style)))
        });
        Self {
            page: props(page),
            components: styles.collect(),
        }
    }

    /// The style for components of a name.
    pub(crate) fn of(&self, component: &str) -> &[(String, StyleValue)] {
        let mut styles = self.components.iter().rev();
        let found = styles.find(|(name, _)| *name == component);
        found.map_or(&[], |(_, style)| style)
    }

    /// An element's style over the one for its component: the same property is set only once.
    pub(crate) fn under(&self, component: &str, own: &[(String, StyleValue)]) -> Props {
        let is_given = |name: &str| {
            let is_same = |other: &str| names::properties(other) == names::properties(name);
            own.iter().any(|(other, _)| other == name || is_same(other))
        };
        let general = self.of(component).iter();
        let kept = general.filter(|(name, _)| !is_given(name));
        kept.chain(own).cloned().collect()
    }

    /// The style props for the page as such.
    pub(crate) fn page(&self) -> &[(String, StyleValue)] {
        &self.page
    }
}

fn props(entries: &[(String, Expr)]) -> Props {
    let prop = |(name, value): &(String, Expr)| (name.clone(), StyleValue::from_expr(value));
    entries.iter().map(prop).collect()
}

impl Sheet {
    /// Takes in the style of the page as such. As in Reflex, what begins with a colon is for all
    /// elements, everything else for each theme and what stands in it. Gives the properties that
    /// are left out, because only the browser knows their values.
    pub(crate) fn add_page(
        &mut self,
        style: &[(String, StyleValue)],
        root: PageRoot,
    ) -> Vec<String> {
        let is_everywhere = |(name, _): &(String, StyleValue)| name.starts_with(':');
        let (everywhere, inside): (Props, Props) = style.iter().cloned().partition(is_everywhere);
        let mut writer = Writer::new(Computed::Refused(vec![]));
        for (selector, value) in &everywhere {
            if let StyleValue::Nested(inner) = value {
                writer.write_all(&Rule::of(&format!(":root *{selector}")), inner);
            }
        }
        let selector = match root {
            PageRoot::Themes => format!(".{THEME_CLASS}"),
            PageRoot::Body => "body".to_owned(),
        };
        writer.write_all(&Rule::of(&selector), &inside);
        self.page_rules = css(&writer.rules);
        match writer.computed {
            Computed::Refused(properties) => properties,
            Computed::Inline | Computed::InClass => vec![],
        }
    }
}
