//! JavaScript of the author's with expressions in it.

use super::{Emitter, Js, Level};
use crate::{
    PageError,
    expr::{Code, CodePart},
};

impl Emitter<'_> {
    /// Writes the text as it stands, and each expression so that nothing around it takes it apart.
    pub(super) fn write_code(&mut self, code: &Code) -> Result<Js, PageError> {
        Ok(Js::member(format!("({})", self.statement(code)?)))
    }

    /// The same as a statement, such as the call of a hook.
    pub(crate) fn statement(&mut self, code: &Code) -> Result<String, PageError> {
        let mut written = String::new();
        for part in &code.parts {
            match part {
                CodePart::Text(text) => written.push_str(text),
                CodePart::Expr(expr) => {
                    let part = self.write(expr)?.within(Level::Member);
                    // `5.toFixed()` is no JavaScript.
                    let is_number = part.ends_with(|end: char| end.is_ascii_digit())
                        && part.starts_with(|start: char| start.is_ascii_digit());
                    let [open, close] = if is_number { ["(", ")"] } else { ["", ""] };
                    written.extend([open, &part, close]);
                }
            }
        }
        Ok(written)
    }
}
