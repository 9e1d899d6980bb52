//! Names of style props and of what nests in a style, as CSS has them.

use super::properties::{self, is_property};

/// Short names, and names that stand for several properties.
const PROPERTIES: &[(&str, &[&str])] = &[
    ("bg", &["background"]),
    ("bg-color", &["background-color"]),
    // Radix takes its font from the custom property, not by inheritance.
    ("font-family", &["font-family", "--default-font-family"]),
    ("h", &["height"]),
    ("m", &["margin"]),
    ("margin-x", &["margin-inline-start", "margin-inline-end"]),
    ("margin-y", &["margin-top", "margin-bottom"]),
    ("max-h", &["max-height"]),
    ("max-w", &["max-width"]),
    ("mb", &["margin-bottom"]),
    ("min-h", &["min-height"]),
    ("min-w", &["min-width"]),
    ("ml", &["margin-left"]),
    ("mr", &["margin-right"]),
    ("mt", &["margin-top"]),
    ("mx", &["margin-inline-start", "margin-inline-end"]),
    ("my", &["margin-top", "margin-bottom"]),
    ("p", &["padding"]),
    ("padding-x", &["padding-inline-start", "padding-inline-end"]),
    ("padding-y", &["padding-top", "padding-bottom"]),
    ("pb", &["padding-bottom"]),
    ("pl", &["padding-left"]),
    ("pr", &["padding-right"]),
    ("pt", &["padding-top"]),
    ("px", &["padding-inline-start", "padding-inline-end"]),
    ("py", &["padding-top", "padding-bottom"]),
    ("w", &["width"]),
];

/// Properties whose numbers have no unit; elsewhere a number counts pixels.
const UNITLESS: &[&str] = &[
    "-webkit-line-clamp",
    "animation-iteration-count",
    "aspect-ratio",
    "border-image-outset",
    "border-image-slice",
    "border-image-width",
    "column-count",
    "columns",
    "fill-opacity",
    "flex",
    "flex-grow",
    "flex-shrink",
    "flood-opacity",
    "font-weight",
    "grid-area",
    "grid-column",
    "grid-column-end",
    "grid-column-start",
    "grid-row",
    "grid-row-end",
    "grid-row-start",
    "line-clamp",
    "line-height",
    "opacity",
    "order",
    "orphans",
    "scale",
    "stop-opacity",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "tab-size",
    "widows",
    "z-index",
    "zoom",
];

/// What CSS writes with two colons; the others are pseudo-classes.
const PSEUDO_ELEMENTS: &[&str] = &[
    "after",
    "backdrop",
    "before",
    "file-selector-button",
    "first-letter",
    "first-line",
    "marker",
    "placeholder",
    "selection",
];

/// Short names of pseudo-classes that older apps use; CSS does not know them.
const PSEUDO_CLASSES: &[(&str, &str)] = &[
    ("even", "nth-child(even)"),
    ("first", "first-child"),
    ("last", "last-child"),
    ("odd", "nth-child(odd)"),
];

/// The widths from which the breakpoints hold, under Reflex's names.
const BREAKPOINTS: &[(&str, &str)] = &[
    ("initial", "0"),
    ("xs", "30em"),
    ("sm", "48em"),
    ("md", "62em"),
    ("lg", "80em"),
    ("xl", "96em"),
];

/// The breakpoint's name at a position of a responsive list.
pub(crate) fn breakpoint_at(position: usize) -> Option<&'static str> {
    BREAKPOINTS.get(position).map(|(name, _)| *name)
}

/// The at-rule for what holds from a breakpoint on; one that has no name is a width itself.
pub(super) fn from_width(breakpoint: &str) -> String {
    let known = BREAKPOINTS.iter().find(|(known, _)| *known == breakpoint);
    let width = known.map_or(breakpoint, |(_, width)| width);
    format!("@media screen and (min-width: {width})")
}

/// Whether all names are breakpoints.
pub(crate) fn are_breakpoints<'a>(mut names: impl Iterator<Item = &'a str>) -> bool {
    names.all(|name| BREAKPOINTS.iter().any(|(known, _)| *known == name))
}

/// The CSS properties that a style prop sets.
pub(super) fn properties(name: &str) -> Vec<String> {
    if name.starts_with("--") {
        return vec![name.to_owned()];
    }
    let kebab = kebab_case(name);
    let long = PROPERTIES.iter().find(|(short, _)| *short == kebab);
    match long {
        Some((_, properties)) => properties.iter().map(ToString::to_string).collect(),
        None => vec![kebab],
    }
}

/// Whether a style prop means something: a property, a custom one, or what nests.
pub(crate) fn is_known(name: &str) -> bool {
    let is_plain = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter));
    !is_plain
        || properties(name)
            .iter()
            .all(|property| is_property(property))
}

/// The style props that there are, as Python writes them.
pub(crate) fn property_names() -> impl Iterator<Item = String> {
    let short = PROPERTIES.iter().map(|(short, _)| *short);
    properties::all()
        .chain(short)
        .map(|name| name.replace('-', "_"))
}

/// Whether a number of the property counts pixels.
pub(super) fn counts_pixels(property: &str) -> bool {
    !property.starts_with("--") && UNITLESS.binary_search(&property).is_err()
}

/// The property as React's `style` names it.
pub(super) fn react_name(property: &str) -> String {
    match property.strip_prefix('-') {
        _ if property.starts_with("--") => property.to_owned(),
        Some(prefixed) => {
            let camel = crate::catalogue::camel_case(prefixed);
            let (first, rest) = camel.split_at(usize::from(!camel.is_empty()));
            first.to_ascii_uppercase() + rest
        }
        None => crate::catalogue::camel_case(property),
    }
}

/// What nests in a style under `name`, as a selector with `&` for the element, or an at-rule.
pub(super) fn selector(name: &str) -> String {
    match name {
        "_dark" => return ".dark &".to_owned(),
        "_light" => return ".light &".to_owned(),
        _ => {}
    }
    if let Some(pseudo) = name.strip_prefix('_') {
        let pseudo = pseudo.replace('_', "-");
        let element = PSEUDO_ELEMENTS.binary_search(&pseudo.as_str()).is_ok();
        let short = PSEUDO_CLASSES.iter().find(|(short, _)| *short == pseudo);
        return match pseudo.strip_prefix("webkit-") {
            Some(_) => format!("&::-{pseudo}"),
            None if element => format!("&::{pseudo}"),
            None => format!("&:{}", short.map_or(&*pseudo, |(_, long)| long)),
        };
    }
    match name {
        _ if name.starts_with('@') || name.contains('&') => name.to_owned(),
        _ if name.starts_with(':') => format!("&{name}"),
        _ => format!("& {name}"),
    }
}

/// `snake_case` and `camelCase` to `kebab-case`, vendor prefixes with their hyphen.
fn kebab_case(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 4);
    for letter in name.trim_matches('_').chars() {
        match letter {
            '_' => kebab.push('-'),
            letter if letter.is_ascii_uppercase() => {
                kebab.extend(['-', letter.to_ascii_lowercase()]);
            }
            letter => kebab.push(letter),
        }
    }
    let vendor = ["webkit-", "moz-", "ms-"]
        .iter()
        .any(|prefix| kebab.starts_with(prefix));
    if vendor { format!("-{kebab}") } else { kebab }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        assert!(UNITLESS.is_sorted() && PSEUDO_ELEMENTS.is_sorted());
    }

    #[test]
    fn names_become_css() {
        let cases = [
            ("padding_x", "padding-inline-start padding-inline-end"),
            ("fontSize", "font-size"),
            ("WebkitLineClamp", "-webkit-line-clamp"),
            ("webkit_text_fill_color", "-webkit-text-fill-color"),
            ("--card", "--card"),
            ("bg", "background"),
        ];
        for (name, expected) in cases {
            assert_eq!(properties(name).join(" "), expected, "{name}");
        }
        assert_eq!(react_name("-webkit-line-clamp"), "WebkitLineClamp");
        assert_eq!(react_name("background-color"), "backgroundColor");
    }

    #[test]
    fn nested_names_become_selectors() {
        let cases = [
            ("_hover", "&:hover"),
            ("_focus_within", "&:focus-within"),
            ("_before", "&::before"),
            ("_first", "&:first-child"),
            ("_nth_child(2n+1)", "&:nth-child(2n+1)"),
            ("_webkit_scrollbar", "&::-webkit-scrollbar"),
            ("_dark", ".dark &"),
            (":hover", "&:hover"),
            (".a b", "& .a b"),
            ("&:hover > svg", "&:hover > svg"),
            ("@media print", "@media print"),
        ];
        for (name, expected) in cases {
            assert_eq!(selector(name), expected, "{name}");
        }
    }
}
