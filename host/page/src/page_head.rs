//! What a page has in the document's head: its title, its description, its picture, its `<meta>`
//! elements. They may depend on the state: the server evaluates them for the HTML, the page's
//! module exports for the browser what does.
//!
//! Not here: what all pages of an app have in their heads (`head`).

use ferroflex_state::Value;

use crate::{
    Names, PageError,
    evaluate::{Lookup, evaluate_text},
    expr::{Expr, FieldRef, is_constant},
    head::{HeadElement, check_elements, followed_elements, known_elements},
    node::Node,
};

/// The head of a page as its author declared it.
#[derive(Debug, Clone, Default)]
pub struct PageHead {
    /// The title.
    pub title: Option<Expr>,
    /// The description.
    pub description: Option<Expr>,
    /// The address of the picture that a link to the page shows.
    pub image: Option<String>,
    /// Further elements.
    pub meta: Vec<Node>,
}

/// The head of a page for one state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The title; none when there is none, or it is empty.
    pub title: Option<String>,
    /// The description, likewise.
    pub description: Option<String>,
    /// Further elements, the picture's among them.
    pub elements: Vec<HeadElement>,
}

impl PageHead {
    /// The head for the values of a state.
    ///
    /// # Errors
    /// For what only a browser knows ([`PageError::NotEvaluable`]), for fields that the lookup does
    /// not have, and for `meta` that cannot stand in a head.
    pub fn evaluate(&self, state: &impl Lookup) -> Result<Head, PageError> {
        let text = |expr: &Option<Expr>| -> Result<Option<String>, PageError> {
            let text = expr.as_ref().map(|expr| evaluate_text(expr, state));
            Ok(text.transpose()?.filter(|text| !text.is_empty()))
        };
        let mut elements: Vec<HeadElement> = self.image.iter().map(|it| picture(it)).collect();
        elements.extend(known_elements(&self.meta, state)?);
        Ok(Head {
            title: text(&self.title)?,
            description: text(&self.description)?,
            elements,
        })
    }

    /// Refuses what cannot stand in a head, whatever the state.
    pub(crate) fn check(&self) -> Result<(), PageError> {
        check_elements(&self.meta)
    }

    /// Whether something of it depends on the state, so that the browser has to follow it.
    #[must_use]
    pub fn is_followed(&self) -> bool {
        let mut texts = [&self.title, &self.description].into_iter().flatten();
        let follows = |elements: Vec<_>| !elements.is_empty();
        texts.any(|text| !is_constant(text)) || followed_elements(&self.meta).is_ok_and(follows)
    }
}

fn picture(address: &str) -> HeadElement {
    let attribute = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    HeadElement {
        tag: "meta",
        attributes: vec![
            attribute("property", "og:image"),
            attribute("content", address),
        ],
        text: String::new(),
    }
}

/// The values of a session's state, for [`PageHead::evaluate`].
#[derive(Debug, Clone, Copy)]
pub struct StateValues<'a> {
    /// The numbers of fields.
    pub names: &'a Names,
    /// One list of field values a substate.
    pub values: &'a [Value],
}

impl Lookup for StateValues<'_> {
    fn field(&self, field: &FieldRef) -> Option<&Value> {
        let (state, field) = self.names.field(field).ok()?;
        match self.values.get(state)? {
            Value::List(fields) => fields.get(field),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Argument, create, types::Type};

    fn names() -> Names {
        Names::new(vec![("blog.Blog".into(), vec!["title".into()])], vec![])
    }

    fn title() -> Expr {
        let ty = Type::Str;
        Expr::field(Arc::from("blog.Blog"), Arc::from("title"), ty)
    }

    #[test]
    fn a_head_is_evaluated_for_a_state() {
        let content = ("content".to_owned(), Argument::Value(title()));
        let property = Argument::Value(Expr::text("og:title"));
        let keywords = [("property".to_owned(), property), content];
        let head = PageHead {
            title: Some(title()),
            description: Some(Expr::text("")),
            image: Some("/card.png".to_owned()),
            meta: vec![create("el.meta", vec![], keywords.into_iter().collect()).unwrap()],
        };
        let values = [Value::List(vec![Value::Str("Hello".to_owned())])];
        let names = names();
        let state = StateValues {
            names: &names,
            values: &values,
        };
        let made = head.evaluate(&state).unwrap();
        assert_eq!(made.title.as_deref(), Some("Hello"));
        assert_eq!(made.description, None);
        let written: Vec<_> = made
            .elements
            .iter()
            .map(|element| format!("{} {:?}", element.tag, element.attributes))
            .collect();
        assert_eq!(
            written,
            [
                r#"meta [("property", "og:image"), ("content", "/card.png")]"#,
                r#"meta [("property", "og:title"), ("content", "Hello"), ("data-followed", "0")]"#,
            ]
        );
        assert!(head.is_followed());
        assert!(!PageHead::default().is_followed());
    }

    #[test]
    fn what_the_state_lacks_is_an_error() {
        let head = PageHead {
            title: Some(title()),
            ..PageHead::default()
        };
        let names = names();
        let state = StateValues {
            names: &names,
            values: &[],
        };
        assert!(head.evaluate(&state).is_err());
    }
}
