//! Templates: components for the parts of a content that is known only in the browser, each as a
//! component of the module that is given the part.
//!
//! Not here: what hands the parts out (the shell's Markdown).

use super::{Generator, Place, with_children};
use crate::{PageError, javascript, node::Template};

/// The names of a part's content, of its language, and of what else it has.
const CONTENT: &str = "children";
const LANGUAGE: &str = "language";
const GIVEN: &str = "props";

impl Generator<'_> {
    /// Writes the components as one object, which keeps its identity.
    pub(super) fn templates(&mut self, templates: &[Template]) -> Result<String, PageError> {
        let mut written = Vec::with_capacity(templates.len());
        for template in templates {
            written.push((template.name.as_str(), self.template(template)?));
        }
        let object = javascript::object(written.into_iter());
        Ok(self.constant("M", object))
    }

    fn template(&mut self, template: &Template) -> Result<String, PageError> {
        // It stands outside the loops around the content, and knows none of their names.
        let own = [(template.content, CONTENT), (template.language, LANGUAGE)];
        let own = own.map(|(id, name)| (id, name.to_owned())).into();
        let outer = std::mem::replace(&mut self.locals, own);
        let parameter = format!("{{ node, {CONTENT}, {LANGUAGE}, ...{GIVEN} }}");
        let name = self.component(false, &parameter, |generator, selection| {
            generator.given = Some(GIVEN);
            let written = generator.node(&template.body, &mut Place::Row(selection));
            generator.given = None;
            written
        });
        self.locals = outer;
        name
    }

    /// Writes an element whose props are joined with others from outside; its own win.
    pub(super) fn call_with(
        &mut self,
        given: &str,
        tag: &str,
        props: &[(String, String)],
        children: Vec<String>,
    ) -> String {
        let (function, own) = with_children(props, children);
        self.core.extend([function, "merge"]);
        format!("{function}({tag}, merge({given}, {own}))")
    }
}
