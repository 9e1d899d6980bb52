//! Radix's stylesheet, put together of the rules that can apply to anything in an app.
//!
//! The build describes every rule by what must be in use for it to match (`bundle/radix-styles.ts`);
//! the order of the rules stays as it was. Not here: what an app uses, which its pages tell.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde::Deserialize;

/// What an app uses of Radix.
#[derive(Debug, Clone, Default)]
pub struct Used<'a> {
    /// The components, by the first part of their names: `Select`, `Button`.
    pub components: BTreeSet<&'a str>,
    /// The modules of the shell that its pages import, by their specifiers.
    pub modules: BTreeSet<&'a str>,
    /// Accent colours of themes. Each brings the gray that goes with it.
    pub accents: BTreeSet<&'a str>,
    /// Whether there is a colour of which only the browser knows which it is.
    pub computes_colors: bool,
    /// Whether a prop has a value by the window's width.
    pub is_responsive: bool,
    /// Texts in which colours and classes may be named: modules, stylesheets, the first state.
    pub texts: Vec<&'a str>,
}

/// The stylesheet for what is used.
#[must_use]
pub fn radix_css(used: &Used<'_>) -> String {
    let styles = &*STYLES;
    let tokens = tokens(styles, used);
    let mut sheet = Sheet::default();
    for rule in &styles.rules {
        rule.write(&tokens, &mut sheet);
    }
    sheet.finished()
}

/// What `dist/radix.json` holds. Everything is borrowed from its text where it has no escapes.
#[derive(Debug, Default, Deserialize)]
struct Styles {
    rules: Vec<Rule>,
    /// The classes that each component may bring.
    classes: BTreeMap<String, Vec<String>>,
    /// The colour scales, each with the gray that goes with it.
    scales: BTreeMap<String, String>,
    /// The components and the scales that the modules of our own use.
    modules: BTreeMap<String, Vec<String>>,
}

/// Text that counts only when all that it needs is in use.
type Part = (Vec<String>, String);

#[derive(Debug, Deserialize)]
struct Rule {
    /// At-rules around it, outermost first.
    around: Vec<String>,
    /// Its selectors; none for what is no style rule, such as `@keyframes`.
    selectors: Vec<Part>,
    declarations: Vec<Part>,
}

static STYLES: LazyLock<Styles> =
    LazyLock::new(|| serde_json::from_str(include_str!("../dist/radix.json")).unwrap_or_default());

/// Needed by rules for a value by the window's width.
const RESPONSIVE: &str = "responsive";

/// The component that stands around every page with Radix components.
const THEME: &str = "Theme";

/// What every class of a Radix component begins with.
const CLASS: &str = "rt-";

fn tokens<'a>(styles: &'a Styles, used: &Used<'a>) -> BTreeSet<&'a str> {
    let mut tokens = BTreeSet::new();
    let in_modules = used.modules.iter().filter_map(|it| styles.modules.get(*it));
    let in_modules = in_modules.flatten().map(String::as_str);
    let components = used.components.iter().copied().chain([THEME]);
    for name in components.chain(in_modules) {
        let classes = styles.classes.get(name).into_iter().flatten();
        tokens.extend(classes.map(String::as_str));
        tokens.extend(styles.scales.contains_key(name).then_some(name));
    }
    for text in &used.texts {
        tokens.extend(words(text).filter(|word| word.starts_with(CLASS)));
    }
    tokens.extend(scales(styles, used));
    tokens.extend(used.is_responsive.then_some(RESPONSIVE));
    tokens
}

fn scales<'a>(styles: &'a Styles, used: &Used<'a>) -> BTreeSet<&'a str> {
    if used.computes_colors {
        return styles.scales.keys().map(String::as_str).collect();
    }
    let letters = |text: &'a str| text.split(|letter: char| !letter.is_ascii_alphabetic());
    let named = used.texts.iter().flat_map(|text| letters(text));
    let named = named.filter(|word| styles.scales.contains_key(*word));
    let grays = used
        .accents
        .iter()
        .filter_map(|accent| styles.scales.get(*accent));
    let accents = used.accents.iter().copied();
    named
        .chain(accents)
        .chain(grays.map(String::as_str))
        .collect()
}

/// The words of a text; a name in CSS is one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
}

/// A stylesheet in the making, with the at-rules that are open at its end.
#[derive(Default)]
struct Sheet<'a> {
    text: String,
    open: &'a [String],
}

impl<'a> Sheet<'a> {
    /// Closes and opens at-rules, so that what is written next stands in exactly these.
    fn stand_in(&mut self, around: &'a [String]) {
        let pairs = self.open.iter().zip(around);
        let shared = pairs.take_while(|(open, wanted)| open == wanted).count();
        self.text.push_str(&"}".repeat(self.open.len() - shared));
        for at_rule in &around[shared..] {
            self.text.push_str(at_rule);
            self.text.push('{');
        }
        self.open = around;
    }

    fn finished(mut self) -> String {
        self.stand_in(&[]);
        self.text
    }
}

impl Rule {
    fn write<'a>(&'a self, tokens: &BTreeSet<&str>, sheet: &mut Sheet<'a>) {
        let selectors = counting(&self.selectors, tokens);
        let declarations = counting(&self.declarations, tokens);
        let matches_nothing = selectors.is_empty() && !self.selectors.is_empty();
        if matches_nothing || declarations.is_empty() {
            return;
        }
        sheet.stand_in(&self.around);
        let declarations = declarations.join(";");
        if selectors.is_empty() {
            sheet.text.push_str(&declarations);
        } else {
            sheet
                .text
                .extend([&selectors.join(","), "{", &declarations, "}"]);
        }
    }
}

/// The parts of which everything that they need is in use.
fn counting<'a>(parts: &'a [Part], tokens: &BTreeSet<&str>) -> Vec<&'a str> {
    parts
        .iter()
        .filter(|(needs, _)| needs.iter().all(|need| tokens.contains(need.as_str())))
        .map(|(_, text)| text.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn css(change: impl FnOnce(&mut Used<'static>)) -> String {
        let mut used = Used {
            components: BTreeSet::from(["Button"]),
            accents: BTreeSet::from(["iris"]),
            ..Used::default()
        };
        change(&mut used);
        radix_css(&used)
    }

    #[test]
    fn only_the_components_in_use_have_rules() {
        let button = css(|_| {});
        assert!(button.contains(".rt-Button") && button.contains(".rt-BaseButton"));
        assert!(button.contains(".rt-Spinner") && !button.contains(".rt-Table"));
        let table = css(|used| {
            used.components.insert("Table");
        });
        assert!(table.contains(".rt-TableCell") && table.len() > button.len());
    }

    #[test]
    fn a_theme_brings_its_scale_and_the_gray_that_goes_with_it() {
        let iris = css(|_| {});
        assert!(iris.contains("--iris-9:") && iris.contains("--slate-9:"));
        assert!(iris.contains("[data-accent-color=iris]") && iris.contains("--gray-9:"));
        assert!(!iris.contains("--tomato-9") && !iris.contains("--mauve-9"));
    }

    #[test]
    fn scales_and_classes_are_found_by_their_names() {
        let named = css(|used| used.texts = vec!["color: \"var(--tomato-9)\"", ".rt-Card:hover{}"]);
        assert!(named.contains("--tomato-9:") && named.contains(".rt-Card"));
        assert!(!css(|used| used.texts = vec!["tomatoes"]).contains("--tomato-9"));
    }

    #[test]
    fn computed_colours_bring_every_scale() {
        let computed = css(|used| used.computes_colors = true);
        for scale in STYLES.scales.keys() {
            assert!(computed.contains(&format!("--{scale}-9:")), "{scale}");
        }
    }

    #[test]
    fn values_by_width_bring_their_utilities() {
        let queries = |css: &str| css.matches("(width>=").count();
        let plain = css(|_| {});
        let responsive = css(|used| used.is_responsive = true);
        assert!(
            queries(&responsive) > queries(&plain) + 100,
            "{}",
            queries(&plain)
        );
    }

    #[test]
    fn everything_together_is_well_formed_and_whole() {
        let everything = css(|used| {
            used.components = STYLES.classes.keys().map(String::as_str).collect();
            used.computes_colors = true;
            used.is_responsive = true;
        });
        assert_eq!(
            everything.matches('{').count(),
            everything.matches('}').count()
        );
        assert!(everything.len() > 600_000, "{}", everything.len());
    }

    #[test]
    fn modules_of_the_shell_bring_what_they_are_made_of() {
        let markdown = css(|used| {
            used.modules.insert("@ferroflex/markdown");
        });
        assert!(markdown.contains(".rt-Blockquote"));
        let grid = css(|used| {
            used.modules.insert("@ferroflex/grid");
        });
        assert!(grid.contains("--amber-9") && !grid.contains("--tomato-9"));
    }
}
