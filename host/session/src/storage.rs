//! What a client says that its browser keeps of the state: cookies and storages, as texts.
//!
//! Not here: which fields are kept, and what becomes of the texts (the script).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::limits::{STORED_BYTES_MAX, STORED_VALUES_MAX};

/// A field: the number of its substate, and its own.
type Place = (u32, u32);

/// Texts by field; none where the browser keeps nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, Option<String>>")]
pub struct Storage(BTreeMap<Place, Option<String>>);

impl Storage {
    /// These fields with no texts: what is known of them stands in the headers of a request.
    #[must_use]
    pub fn in_headers(fields: &[(u32, u32)]) -> Self {
        Self(fields.iter().map(|field| (*field, None)).collect())
    }

    /// Whether it says nothing of any field.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The texts by the numbers of substate and field.
    #[must_use]
    pub fn values(&self) -> &BTreeMap<(u32, u32), Option<String>> {
        &self.0
    }

    /// These values, with those of `newer` in place of older ones; what is wrong with them where
    /// they are too many.
    pub(crate) fn replaced_by(mut self, newer: Self) -> Result<Self, String> {
        self.0.extend(newer.0);
        self.checked()
    }

    fn checked(self) -> Result<Self, String> {
        let bytes: usize = self.0.values().flatten().map(String::len).sum();
        if self.0.len() > STORED_VALUES_MAX {
            return Err(format!(
                "there are more than {STORED_VALUES_MAX} stored values"
            ));
        }
        if bytes > STORED_BYTES_MAX {
            return Err(format!(
                "the stored values have more than {STORED_BYTES_MAX} bytes"
            ));
        }
        Ok(self)
    }
}

impl TryFrom<BTreeMap<String, Option<String>>> for Storage {
    type Error = String;

    fn try_from(given: BTreeMap<String, Option<String>>) -> Result<Self, String> {
        let placed = given.into_iter().map(|(key, text)| {
            let place = place(&key);
            let place = place.ok_or_else(|| format!("`{key}` names no field; write `2.0`"))?;
            Ok((place, text))
        });
        Self(placed.collect::<Result<_, String>>()?).checked()
    }
}

fn place(key: &str) -> Option<Place> {
    let (substate, field) = key.split_once('.')?;
    Some((substate.parse().ok()?, field.parse().ok()?))
}
