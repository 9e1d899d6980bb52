//! Reflex's classes of components (`TextFieldRoot`, `el.Div`) to the names of the catalogue.
//!
//! Not here: the classes that apps derive from them (`own.rs`).

use std::{collections::HashMap, sync::LazyLock};

use super::{BY_NAME, find};

/// Classes that are not called like their component.
const RENAMED: &[(&str, &str)] = &[
    ("contextmenuradioitem", "context_menu.radio"),
    ("highlevelcheckbox", "checkbox"),
    ("highlevelradiogroup", "radio_group"),
    ("highlevelselect", "select"),
    ("markdown", "markdown"),
    ("reactrouterlink", "link"),
    ("styleel", "el.style"),
    ("toaster", "toast.provider"),
    ("upload", "upload"),
];

/// Namespaces whose members' classes are called without it, those that win last.
const UNNAMED: &[&str] = &["el.svg.", "recharts.", "el."];

static BY_CLASS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut index = HashMap::new();
    for namespace in UNNAMED {
        for name in BY_NAME.keys().copied() {
            if let Some(member) = name.strip_prefix(namespace) {
                index.insert(letters(member), name);
            }
        }
    }
    index.extend(BY_NAME.keys().map(|name| (letters(name), *name)));
    index.extend(
        RENAMED
            .iter()
            .map(|(class, name)| ((*class).to_owned(), *name)),
    );
    index
});

/// The name in the catalogue of the component whose class is called `name`, with its namespace or
/// without (`Button`, `el.Button`, `TextFieldRoot`); a name of the catalogue is its own.
#[must_use]
pub fn class_named(name: &str) -> Option<&'static str> {
    let known = find(name).and_then(|_| BY_NAME.get_key_value(name));
    if let Some((name, _)) = known {
        return Some(name);
    }
    let found = BY_CLASS.get(&letters(name)).copied();
    found.filter(|name| find(name).is_some())
}

/// The letters and digits in lower case: what `TextFieldRoot` and `text_field.root` share.
fn letters(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::class_named;

    #[test]
    fn classes_are_found_by_every_name_they_go_by() {
        let table = [
            ("Button", Some("button")),
            ("el.Button", Some("el.button")),
            ("Div", Some("el.div")),
            ("el.Div", Some("el.div")),
            ("TextFieldRoot", Some("text_field.root")),
            ("VStack", Some("vstack")),
            ("HStack", Some("hstack")),
            ("Fragment", Some("fragment")),
            ("BarChart", Some("recharts.bar_chart")),
            ("recharts.BarChart", Some("recharts.bar_chart")),
            ("text.strong", Some("text.strong")),
            ("Circle", Some("el.circle")),
            ("Nonsense", None),
        ];
        for (class, name) in table {
            assert_eq!(class_named(class), name, "{class}");
        }
    }
}
