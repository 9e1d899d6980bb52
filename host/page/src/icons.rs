//! The icons that an app can name: lucide's drawings, as the shell's build wrote them down.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::{PageError, suggest};

/// Icon drawings by name. The default holds none.
#[derive(Debug, Default)]
pub struct Icons {
    drawings: BTreeMap<String, Box<RawValue>>,
}

impl Icons {
    /// Reads the shell's `icons.json`: an object from an icon's name (`chevron-down`) to its
    /// elements (`[["path", {"d": "m6 9 6 6 6-6"}]]`).
    ///
    /// # Errors
    /// When the text is not such an object.
    pub fn from_json(json: &str) -> Result<Self, PageError> {
        Ok(Self {
            drawings: serde_json::from_str(json)?,
        })
    }

    /// The names, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.drawings.keys().map(String::as_str)
    }

    /// An icon's canonical name and its elements as a JavaScript array.
    ///
    /// # Errors
    /// When there is no such icon.
    pub fn find(&self, name: &str) -> Result<(String, &str), PageError> {
        let canonical = name.to_lowercase().replace('_', "-");
        match self.drawings.get(&canonical) {
            Some(drawing) => Ok((canonical, drawing.get())),
            None => Err(PageError::UnknownIcon {
                name: name.to_owned(),
                suggestion: suggest::closest(&canonical, self.names()).map(str::to_owned),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn underscores_and_case_do_not_count() {
        let icons = Icons::from_json(r#"{"chevron-down": [["path", {"d": "m6 9"}]]}"#).unwrap();
        let (name, drawing) = icons.find("Chevron_Down").unwrap();
        assert_eq!(
            (name.as_str(), drawing),
            ("chevron-down", r#"[["path", {"d": "m6 9"}]]"#)
        );
        let error = icons.find("chevron-dwn").unwrap_err().to_string();
        assert_eq!(
            error,
            "no icon is called \"chevron-dwn\"; did you mean chevron-down?"
        );
    }
}
