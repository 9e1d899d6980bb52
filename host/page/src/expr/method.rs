//! The methods of values, and under which names Python code calls them.
//!
//! Not here: which types have them (`typing`), what they mean (`emit`, `evaluate`).

/// Methods of values that have a counterpart in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the Python method of that name")]
pub enum Method {
    Length,
    Upper,
    Lower,
    Title,
    Capitalize,
    Strip,
    LeftStrip,
    RightStrip,
    StartsWith,
    EndsWith,
    Contains,
    Split,
    Join,
    Replace,
    Reverse,
    Keys,
    Values,
    Items,
    Get,
    Merge,
    Pluck,
    /// `to_string()`: JSON text; of a string the string itself.
    ToString,
    /// `str()` as Python writes it.
    Str,
    /// `bool()`, Python's truth.
    Bool,
    /// `Var.range(start, stop, step)`.
    Range,
    IsNone,
    IsNotNone,
    /// A conversion `to(int)`.
    ToInt,
    /// A conversion `to(float)`.
    ToFloat,
    /// `format(number, spec)`, what an f-string's `{number:spec}` is; the specs are those of
    /// [`Expr::formatted`](super::Expr::formatted).
    Format,
    /// `round(number, digits)`.
    Round,
    /// `js_type()`: what JavaScript's `typeof` says.
    JsType,
}

/// Each method: its Python name, the least and the greatest number of arguments.
const METHODS: &[(Method, &str, usize, usize)] = &[
    (Method::Length, "length", 0, 0),
    (Method::Upper, "upper", 0, 0),
    (Method::Lower, "lower", 0, 0),
    (Method::Title, "title", 0, 0),
    (Method::Capitalize, "capitalize", 0, 0),
    (Method::Strip, "strip", 0, 1),
    (Method::LeftStrip, "lstrip", 0, 1),
    (Method::RightStrip, "rstrip", 0, 1),
    (Method::StartsWith, "startswith", 1, 1),
    (Method::EndsWith, "endswith", 1, 1),
    (Method::Contains, "contains", 1, 2),
    (Method::Split, "split", 0, 2),
    (Method::Join, "join", 0, 1),
    (Method::Replace, "replace", 2, 2),
    (Method::Reverse, "reverse", 0, 0),
    (Method::Keys, "keys", 0, 0),
    (Method::Values, "values", 0, 0),
    (Method::Items, "items", 0, 0),
    (Method::Get, "get", 1, 2),
    (Method::Merge, "merge", 1, 1),
    (Method::Pluck, "pluck", 1, 1),
    (Method::ToString, "to_string", 0, 0),
    (Method::Str, "str", 0, 0),
    (Method::Bool, "bool", 0, 0),
    (Method::Range, "range", 0, 2),
    (Method::IsNone, "is_none", 0, 0),
    (Method::IsNotNone, "is_not_none", 0, 0),
    (Method::ToInt, "to_int", 0, 0),
    (Method::ToFloat, "to_float", 0, 0),
    (Method::Format, "__format__", 1, 1),
    (Method::Round, "__round__", 1, 1),
    (Method::JsType, "js_type", 0, 0),
];

impl Method {
    /// Every method.
    pub fn all() -> impl Iterator<Item = Self> {
        METHODS.iter().map(|(method, ..)| *method)
    }

    /// The method that Python code calls by `name`, Reflex's second names included.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = match name {
            "reversed" => "reverse",
            "entries" => "items",
            other => other,
        };
        METHODS
            .iter()
            .find(|(_, known, ..)| *known == name)
            .map(|(method, ..)| *method)
    }

    /// Its Python name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The least and the greatest number of arguments.
    #[must_use]
    pub fn arity(self) -> (usize, usize) {
        let (_, _, least, most) = self.row();
        (least, most)
    }

    fn row(self) -> (Self, &'static str, usize, usize) {
        let row = METHODS.iter().find(|(method, ..)| *method == self);
        row.copied().unwrap_or((self, "?", 0, usize::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_has_a_name_and_is_found_by_it() {
        for (method, name, least, most) in METHODS {
            assert_eq!(Method::named(name), Some(*method));
            assert_eq!(method.name(), *name);
            assert!(least <= most);
        }
        assert_eq!(Method::named("entries"), Some(Method::Items));
        assert_eq!(Method::named("append"), None);
    }
}
