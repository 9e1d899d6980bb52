//! What `style=` is given as the entries of one dictionary: a list of dictionaries is merged, a
//! choice between dictionaries becomes a choice for each property.
//!
//! Not here: what the entries mean (`style.rs`).

use ferroflex_state::Value;

use super::names;
use crate::expr::{Expr, ExprKind};

type Entries = Vec<(String, Expr)>;

/// The entries, `None` for what is no dictionary.
#[must_use]
pub fn entries(style: &Expr) -> Option<Entries> {
    if let Some(entries) = style.entries() {
        return Some(by_width(entries));
    }
    if let Some(styles) = style.items() {
        return merged(&styles);
    }
    if matches!(style.constant(), Some(Value::None)) {
        return Some(vec![]);
    }
    let branches = branches(style)
        .iter()
        .map(entries)
        .collect::<Option<Vec<_>>>()?;
    let names = names_of(&branches);
    (!branches.is_empty()).then(|| {
        let value = |name: String| (name.clone(), chosen(style, &branches, &name));
        names.into_iter().map(value).collect()
    })
}

/// A dictionary of styles by breakpoint, with the at-rules that stand for these.
fn by_width(entries: Entries) -> Entries {
    let are_styles = entries.iter().all(|(_, value)| value.entries().is_some());
    let named = entries.iter().map(|(name, _)| name.as_str());
    if entries.is_empty() || !are_styles || !names::are_breakpoints(named) {
        return entries;
    }
    let from = |(name, style): (String, Expr)| (names::from_width(&name), style);
    entries.into_iter().map(from).collect()
}

/// One dictionary of several, in which the later entry of a name counts.
fn merged(styles: &[Expr]) -> Option<Entries> {
    let mut all = Entries::new();
    for style in styles {
        for (name, value) in entries(style)? {
            all.retain(|(known, _)| *known != name);
            all.push((name, value));
        }
    }
    Some(all)
}

/// The names of all branches, in the order of their first appearance.
fn names_of(branches: &[Entries]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (name, _) in branches.iter().flatten() {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// The choice that `style` is, between the branches' values of one name. A branch that lacks it
/// sets nothing; dictionaries inside (`_hover`) are chosen by property again.
fn chosen(style: &Expr, branches: &[Entries], name: &str) -> Expr {
    let value = |entries: &Entries| {
        let found = entries.iter().find(|(known, _)| known == name);
        found.map_or_else(|| Expr::literal(Value::None), |(_, value)| value.clone())
    };
    let choice = between(style, branches.iter().map(value).collect());
    entries(&choice).map_or(choice, Expr::dict)
}

/// The values between which an expression chooses; none when it is no choice.
pub(crate) fn branches(expr: &Expr) -> Vec<Expr> {
    match &*expr.kind {
        ExprKind::Cond(_, one, other) | ExprKind::ColorMode(one, other) => {
            vec![one.clone(), other.clone()]
        }
        ExprKind::Match(_, cases, default) => {
            let results = cases.iter().map(|(_, result)| result);
            results.chain([default]).cloned().collect()
        }
        _ => vec![],
    }
}

/// The same choice between other values, as many as [`branches`] gives.
pub(super) fn between(choice: &Expr, mut values: Vec<Expr>) -> Expr {
    let last = values.pop().unwrap_or_else(|| Expr::literal(Value::None));
    match (&*choice.kind, values.first()) {
        (ExprKind::Cond(test, ..), Some(first)) => Expr::cond(test.clone(), first.clone(), last),
        (ExprKind::ColorMode(..), Some(first)) => Expr::color_mode(first.clone(), last),
        (ExprKind::Match(subject, cases, _), _) => {
            let patterns = cases.iter().map(|(patterns, _)| patterns.clone());
            Expr::matched(subject.clone(), patterns.zip(values).collect(), last)
        }
        _ => last,
    }
}
