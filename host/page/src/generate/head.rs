//! The title and the description of a page, where they depend on the state: the module exports
//! what they are computed of. Constant ones stand in the HTML alone.

use std::collections::BTreeSet;

use super::Generator;
use crate::{PageError, PageHead, emit::Reading, expr::Expr, javascript};

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
        let texts = [("title", title), ("description", description)];
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
        let mut emitter = self.emitter(Reading::Selector(states));
        emitter.color_mode = None;
        Ok(emitter.write_text_node(text)?.into_text())
    }
}
