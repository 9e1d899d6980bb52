//! How a Var survives an f-string.
//!
//! Python joins an f-string's parts to one `str` before anyone sees it. So a Var formats itself as
//! a token, a short text that names an entry of a table, and every string that reaches the page is
//! searched for tokens and taken apart again. The token's brackets are private-use characters, so
//! that no text of an app's holds one by accident.
//!
//! Not here: what the text of a value looks like; that is the page crate's `Format`.

use std::collections::VecDeque;

use ferroflex_page::expr::Expr;
use ferroflex_state::Value;
use parking_lot::Mutex;

use crate::limits::VAR_TOKENS_MAX;

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';
const NAME: &str = "ferroflex:";

static TABLE: Mutex<Table> = Mutex::new(Table {
    first: 0,
    expressions: VecDeque::new(),
});

/// Expressions by token number, the oldest first.
struct Table {
    first: u64,
    expressions: VecDeque<Expr>,
}

impl Table {
    fn insert(&mut self, expression: Expr) -> u64 {
        if self.expressions.len() == VAR_TOKENS_MAX {
            self.expressions.pop_front();
            self.first += 1;
        }
        self.expressions.push_back(expression);
        self.first + self.expressions.len() as u64 - 1
    }

    fn get(&self, number: u64) -> Option<Expr> {
        let position = usize::try_from(number.checked_sub(self.first)?).ok()?;
        self.expressions.get(position).cloned()
    }
}

/// The text that stands for `expression` inside a string.
pub(crate) fn encode(expression: &Expr) -> String {
    let number = TABLE.lock().insert(expression.clone());
    format!("{OPEN}{NAME}{number}{CLOSE}")
}

/// A part of a string that holds tokens.
pub(crate) enum Part {
    /// Text between tokens.
    Text(String),
    /// What a token stands for.
    Var(Expr),
}

/// The parts of a string that holds tokens, constant text and expressions in turn; `None` when it
/// holds none. A token whose entry was pushed out stays in the text.
pub(crate) fn decode(text: &str) -> Option<Vec<Expr>> {
    let expression = |part| match part {
        Part::Text(text) => Expr::literal(Value::Str(text)),
        Part::Var(expression) => expression,
    };
    Some(split(text)?.into_iter().map(expression).collect())
}

/// As [`decode`], where a constant that was formatted must be told from the text around it.
pub(crate) fn split(text: &str) -> Option<Vec<Part>> {
    if !text.contains(OPEN) {
        return None;
    }
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(OPEN) {
        literal.push_str(&rest[..start]);
        rest = &rest[start..];
        if let Some((expression, length)) = token_at(rest) {
            push_literal(&mut parts, &mut literal);
            parts.push(Part::Var(expression));
            rest = &rest[length..];
        } else {
            literal.push(OPEN);
            rest = &rest[OPEN.len_utf8()..];
        }
    }
    literal.push_str(rest);
    push_literal(&mut parts, &mut literal);
    Some(parts)
}

fn token_at(text: &str) -> Option<(Expr, usize)> {
    let body = text.strip_prefix(OPEN)?.strip_prefix(NAME)?;
    let end = body.find(CLOSE)?;
    let expression = TABLE.lock().get(body[..end].parse().ok()?)?;
    let length = OPEN.len_utf8() + NAME.len() + end + CLOSE.len_utf8();
    Some((expression, length))
}

fn push_literal(parts: &mut Vec<Part>, literal: &mut String) {
    if !literal.is_empty() {
        parts.push(Part::Text(std::mem::take(literal)));
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use ferroflex_page::expr::{Expr, ExprKind};
    use ferroflex_state::Value;

    #[test]
    fn text_without_tokens_is_left_alone() {
        assert!(decode("a plain text").is_none());
    }

    #[test]
    fn tokens_and_text_come_back_in_order() {
        let expression = Expr::literal(Value::Int(7));
        let token = encode(&expression);
        let parts = decode(&format!("a {token}{token} b")).expect("holds tokens");
        let kinds: Vec<String> = parts
            .iter()
            .map(|part| format!("{:?}", part.kind))
            .collect();
        assert_eq!(
            kinds,
            [
                "Literal(Str(\"a \"))",
                "Literal(Int(7))",
                "Literal(Int(7))",
                "Literal(Str(\" b\"))"
            ]
        );
    }

    #[test]
    fn a_foreign_bracket_stays_text() {
        let parts = decode("x\u{e000}y").expect("holds the bracket");
        assert!(
            matches!(&*parts[0].kind, ExprKind::Literal(Value::Str(text)) if text == "x\u{e000}y")
        );
    }
}
