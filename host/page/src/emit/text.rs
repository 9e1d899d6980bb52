//! Text: f-strings, and what stands in a text node.

use ferroflex_state::Value;

use super::{Emitter, Js};
use crate::{PageError, expr::Expr, javascript, types::Type};

impl Emitter<'_> {
    /// Writes an f-string as a template literal.
    pub(super) fn write_format(&mut self, parts: &[Expr]) -> Result<Js, PageError> {
        let mut template = String::from("`");
        for part in parts {
            if let Some(text) = part.constant().and_then(constant_text) {
                javascript::push_escaped(&mut template, &text, '`');
            } else {
                template.extend(["${", &self.write_str(part)?, "}"]);
            }
        }
        template.push('`');
        Ok(Js::member(template))
    }

    /// Writes a part of an f-string: Python's `str()` of it, but where a template literal already
    /// writes the same.
    fn write_str(&mut self, part: &Expr) -> Result<String, PageError> {
        if matches!(part.ty, Type::Str | Type::Int) {
            return self.text(part);
        }
        Ok(self.call(str_function(&part.ty), [part])?.into_text())
    }

    /// Writes what a text node shows of a value. `None` shows nothing there.
    pub(crate) fn write_text_node(&mut self, expr: &Expr) -> Result<Js, PageError> {
        match expr.constant() {
            Some(Value::None) => return Ok(Js::member("null")),
            Some(constant) if constant_text(constant).is_some() => {
                let text = constant_text(constant).unwrap_or_default();
                return Ok(Js::member(javascript::string(&text)));
            }
            _ => {}
        }
        if self.selects(expr) {
            return self.select(|selector| selector.write_text_node(expr));
        }
        if matches!(expr.ty, Type::Str | Type::Int) {
            return self.write(expr);
        }
        let shown = self.text(expr)?;
        Ok(self.call_written("text", &[shown]))
    }
}

/// The function of `py` that is `str()` of values of the type: a float is written as one, also when
/// it is whole, which JavaScript would take for an integer.
pub(super) fn str_function(ty: &Type) -> &'static str {
    if ty.without_none() == Type::Float {
        "floatStr"
    } else {
        "str"
    }
}

/// The text of a constant that Python's `str()` writes the same everywhere.
fn constant_text(value: &Value) -> Option<String> {
    match value {
        Value::Str(text) | Value::Text { text, .. } => Some(text.clone()),
        Value::Int(number) => Some(number.to_string()),
        Value::BigInt(number) => Some(number.to_string()),
        Value::Bool(true) => Some("True".to_owned()),
        Value::Bool(false) => Some("False".to_owned()),
        _ => None,
    }
}
