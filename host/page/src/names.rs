//! The table of names: which number a state class, a field and a handler have on the wire.

use std::{collections::HashMap, sync::Arc};

use serde_json::json;

use crate::{PageError, expr::FieldRef};

/// Stands for a state class in the fields of what the browser alone knows. It is the substate after
/// the last one of the server's.
pub const BROWSER: &str = "(browser)";

/// The fields of [`BROWSER`]: the names of the files that were chosen for each upload, and the
/// values of client states by name.
const BROWSER_FIELDS: [&str; 2] = ["files", "client"];

/// The names of one build of an app, and their numbers.
#[derive(Debug, Clone, Default)]
pub struct Names {
    states: Vec<(Arc<str>, Vec<Arc<str>>)>,
    handlers: Vec<Arc<str>>,
    field_numbers: HashMap<FieldRef, (usize, usize)>,
    handler_numbers: HashMap<Arc<str>, usize>,
}

impl Names {
    /// The table of `states`, each with its fields, and `handlers`: the order gives the numbers.
    #[must_use]
    pub fn new(states: Vec<(Arc<str>, Vec<Arc<str>>)>, handlers: Vec<Arc<str>>) -> Self {
        let mut field_numbers = HashMap::new();
        for (state_number, (state, fields)) in states.iter().enumerate() {
            for (field_number, field) in fields.iter().enumerate() {
                let field = FieldRef {
                    state: Arc::clone(state),
                    field: Arc::clone(field),
                };
                field_numbers.insert(field, (state_number, field_number));
            }
        }
        let numbered = handlers.iter().enumerate();
        let handler_numbers = numbered
            .map(|(number, name)| (Arc::clone(name), number))
            .collect();
        Self {
            states,
            handlers,
            field_numbers,
            handler_numbers,
        }
    }

    /// The state classes with their fields.
    #[must_use]
    pub fn states(&self) -> &[(Arc<str>, Vec<Arc<str>>)] {
        &self.states
    }

    /// The handlers.
    #[must_use]
    pub fn handlers(&self) -> &[Arc<str>] {
        &self.handlers
    }

    /// The numbers of a field's substate and of the field in it.
    ///
    /// # Errors
    /// When the table has no such field.
    pub fn field(&self, field: &FieldRef) -> Result<(usize, usize), PageError> {
        let own = BROWSER_FIELDS
            .iter()
            .position(|own| &*field.state == BROWSER && &*field.field == *own)
            .map(|number| (self.states.len(), number));
        self.field_numbers
            .get(field)
            .copied()
            .or(own)
            .ok_or_else(|| PageError::UnknownField {
                state: field.state.to_string(),
                field: field.field.to_string(),
            })
    }

    /// The number of a handler.
    ///
    /// # Errors
    /// When the table has no such handler.
    pub fn handler(&self, name: &str) -> Result<usize, PageError> {
        let number = self.handler_numbers.get(name).copied();
        number.ok_or_else(|| PageError::UnknownHandler {
            handler: name.to_owned(),
        })
    }

    /// The table as the wire protocol's `names.json`.
    #[must_use]
    pub fn to_json(&self, build: &str) -> String {
        let states: Vec<_> = self
            .states
            .iter()
            .map(|(state, fields)| json!([&**state, texts(fields)]))
            .collect();
        json!({ "build": build, "states": states, "handlers": texts(&self.handlers) }).to_string()
    }
}

fn texts(names: &[Arc<str>]) -> Vec<&str> {
    names.iter().map(|name| &**name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_order() {
        let state: Arc<str> = Arc::from("todo.Todo");
        let names = Names::new(
            vec![(
                Arc::clone(&state),
                vec![Arc::from("items"), Arc::from("draft")],
            )],
            vec![Arc::from("todo.Todo.add")],
        );
        let draft = FieldRef {
            state,
            field: Arc::from("draft"),
        };
        assert_eq!(names.field(&draft).unwrap(), (0, 1));
        let own = |field: &str| FieldRef {
            state: Arc::from(BROWSER),
            field: Arc::from(field),
        };
        assert_eq!(names.field(&own("client")).unwrap(), (1, 1));
        assert!(names.field(&own("unknown")).is_err());
        assert_eq!(names.handler("todo.Todo.add").unwrap(), 0);
        let unknown = names.handler("todo.Todo.remove").unwrap_err().to_string();
        assert_eq!(
            unknown,
            "todo.Todo.remove is not an event handler that the browser knows"
        );
        assert_eq!(
            names.to_json("b1"),
            r#"{"build":"b1","states":[["todo.Todo",["items","draft"]]],"#.to_owned()
                + r#""handlers":["todo.Todo.add"]}"#
        );
    }
}
