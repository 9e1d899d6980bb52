//! The title, the description and the further elements of a page's head, where they depend on the
//! state: the module exports what they are computed of. Constant ones stand in the HTML alone.

use std::collections::BTreeSet;

use super::Generator;
use crate::{
    PageError, PageHead,
    emit::{Emitter, Reading},
    expr::Expr,
    head::{attributes_of, followed_elements, tag_of, texts_of},
    javascript,
    node::Element,
};

impl Generator<'_> {
    /// Exports the head, if the browser has to follow it.
    pub(super) fn head(&mut self, head: &PageHead) -> Result<(), PageError> {
        head.check()?;
        if !head.is_followed() {
            return Ok(());
        }
        let mut states = BTreeSet::new();
        let title = self.head_text(head.title.as_ref(), &mut states)?;
        let description = self.head_text(head.description.as_ref(), &mut states)?;
        let mut texts = vec![("title", title), ("description", description)];
        let elements = followed_elements(&head.meta)?;
        if !elements.is_empty() {
            let written = elements.into_iter();
            let written = written.map(|element| self.head_element(element, &mut states));
            let written = written.collect::<Result<Vec<_>, _>>()?;
            texts.push(("elements", javascript::array(written)));
        }
        let texts = javascript::object(texts.into_iter());
        let states = javascript::array(states.iter().map(ToString::to_string));
        self.hoisted.push(format!(
            "\nexport const head = [{states}, ($) => ({texts})];"
        ));
        Ok(())
    }

    fn head_text(
        &mut self,
        text: Option<&Expr>,
        states: &mut BTreeSet<usize>,
    ) -> Result<String, PageError> {
        let Some(text) = text else {
            return Ok("null".to_owned());
        };
        Ok(self.head_emitter(states).write_text_node(text)?.into_text())
    }
    /// An element that follows the state: its tag, its attributes, its text.
    fn head_element(
        &mut self,
        element: &Element,
        states: &mut BTreeSet<usize>,
    ) -> Result<String, PageError> {
        let tag = javascript::string(tag_of(element.entry)?);
        let mut emitter = self.head_emitter(states);
        let attributes = attributes_of(element).map(|(name, value)| {
            let value = emitter.write(value)?.into_text();
            Ok(format!("{}: {value}", javascript::key(&name)))
        });
        let attributes = attributes.collect::<Result<Vec<_>, PageError>>()?;
        let texts = texts_of(element)
            .map(|text| Ok(emitter.write_text_node(text?)?.into_text()))
            .collect::<Result<Vec<_>, PageError>>()?;
        let (attributes, texts) = (attributes.join(", "), javascript::array(texts));
        Ok(format!("[{tag}, {{ {attributes} }}, {texts}]"))
    }

    fn head_emitter<'s>(&'s mut self, states: &'s mut BTreeSet<usize>) -> Emitter<'s> {
        let mut emitter = self.emitter(Reading::Selector(states));
        emitter.color_mode = None;
        emitter
    }
}
