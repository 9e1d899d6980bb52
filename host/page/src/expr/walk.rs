//! Walking an expression: its parts, and questions about all of them.

use std::sync::Arc;

use super::{CodePart, Expr, ExprKind, FieldRef, LocalId, Needs};

/// Whether the expression or a part of it satisfies the test, which is given the names that the
/// expression itself binds around the part.
pub(crate) fn contains(expr: &Expr, test: &dyn Fn(&Expr, &[LocalId]) -> bool) -> bool {
    Search {
        test,
        bound: Vec::new(),
    }
    .finds(expr)
}

/// Whether the expression is a constant, or a list or a dictionary of such.
pub(crate) fn is_constant(expr: &Expr) -> bool {
    match &*expr.kind {
        ExprKind::Literal(_) => true,
        ExprKind::List(_) | ExprKind::Dict(_) => parts(expr).into_iter().all(is_constant),
        _ => false,
    }
}

/// What the parts of the author's JavaScript need.
pub(super) fn needs(expr: &Expr) -> Vec<Arc<Needs>> {
    let mut found = Vec::new();
    visit(expr, &mut |part| {
        if let ExprKind::Code(code) = &*part.kind
            && *code.needs != Needs::default()
        {
            found.push(Arc::clone(&code.needs));
        }
    });
    found
}

/// The fields that are read.
pub(super) fn fields(expr: &Expr) -> Vec<FieldRef> {
    let mut found = Vec::new();
    visit(expr, &mut |part| {
        if let ExprKind::Field(field) = &*part.kind {
            found.push(field.clone());
        }
    });
    found
}

fn visit(expr: &Expr, see: &mut dyn FnMut(&Expr)) {
    see(expr);
    for part in parts(expr) {
        visit(part, see);
    }
}

struct Search<'t> {
    test: &'t dyn Fn(&Expr, &[LocalId]) -> bool,
    bound: Vec<LocalId>,
}

impl Search<'_> {
    fn finds(&mut self, expr: &Expr) -> bool {
        if (self.test)(expr, &self.bound) {
            return true;
        }
        let before = self.bound.len();
        self.bound.extend(binds(expr));
        let found = parts(expr).into_iter().any(|part| self.finds(part));
        self.bound.truncate(before);
        found
    }
}

/// The names that an expression binds for its parts.
fn binds(expr: &Expr) -> Vec<LocalId> {
    match &*expr.kind {
        ExprKind::Traverse { item, .. } => vec![*item],
        ExprKind::Reduce { total, item, .. } => vec![*total, *item],
        _ => vec![],
    }
}

/// The expressions of which an expression is made.
pub(super) fn parts(expr: &Expr) -> Vec<&Expr> {
    match &*expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Field(_)
        | ExprKind::Local(_)
        | ExprKind::EventArg(_)
        | ExprKind::Raw(_)
        | ExprKind::Handler(_) => vec![],
        ExprKind::List(items) | ExprKind::Format(items) => items.iter().collect(),
        ExprKind::Dict(entries) => entries.iter().map(|(_, value)| value).collect(),
        ExprKind::Unary(_, a) | ExprKind::Attribute(a, _) => vec![a],
        ExprKind::Binary(_, a, b) | ExprKind::Index(a, b) | ExprKind::ColorMode(a, b) => vec![a, b],
        ExprKind::Cond(a, b, c) => vec![a, b, c],
        ExprKind::Slice {
            of,
            start,
            stop,
            step,
        } => [Some(of), start.as_ref(), stop.as_ref(), step.as_ref()]
            .into_iter()
            .flatten()
            .collect(),
        ExprKind::Method { of, args, .. } => std::iter::once(of).chain(args).collect(),
        ExprKind::Match(subject, cases, default) => {
            let cases = cases
                .iter()
                .flat_map(|(patterns, result)| patterns.iter().chain([result]));
            std::iter::once(subject)
                .chain(cases)
                .chain([default])
                .collect()
        }
        ExprKind::Traverse { of, body, .. } => vec![of, body],
        ExprKind::Reduce {
            of, body, initial, ..
        } => [of, body].into_iter().chain(initial).collect(),
        ExprKind::Code(code) => code.parts.iter().filter_map(expression_of).collect(),
    }
}

fn expression_of(part: &CodePart) -> Option<&Expr> {
    match part {
        CodePart::Expr(expr) => Some(expr),
        CodePart::Text(_) => None,
    }
}
