//! JavaScript of the author's (`rx.Var("…")`, hooks) with the Vars of f-strings in it, and what it
//! needs of its module (`VarData`).
//!
//! Not here: how it is written into a page.

use std::sync::Arc;

use ferroflex_page::{
    expr::{Code, CodePart, Expr, ExprKind, Import, Needs},
    types::Type,
};
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::token::{self, Part};

/// JavaScript as an expression, taken apart where it holds Vars.
pub(super) fn expression(text: &str, needs: Arc<Needs>) -> Expr {
    let parts = parts(text);
    Expr::code(Code { parts, needs }, Type::Any)
}

fn parts(text: &str) -> Vec<CodePart> {
    let Some(parts) = token::split(text) else {
        return vec![CodePart::Text(text.into())];
    };
    let part = |part| match part {
        Part::Text(text) => CodePart::Text(text.into()),
        Part::Var(expression) => CodePart::Expr(expression),
    };
    parts.into_iter().map(part).collect()
}

/// The expression with what a `VarData` says that it needs, beside what its own JavaScript does.
pub(super) fn needing(expression: Expr, needs: &Needs) -> Expr {
    if *needs == Needs::default() {
        return expression;
    }
    let mut all = (*needs_of(&expression)).clone();
    all.imports.extend(needs.imports.iter().cloned());
    all.hooks.extend(needs.hooks.iter().cloned());
    let parts = match &*expression.kind {
        ExprKind::Code(code) => code.parts.clone(),
        ExprKind::Raw(text) => vec![CodePart::Text(Arc::clone(text))],
        _ => vec![CodePart::Expr(expression.clone())],
    };
    let needs = Arc::new(all);
    Expr::code(Code { parts, needs }, expression.ty)
}

/// What an expression that is JavaScript needs.
pub(super) fn needs_of(expression: &Expr) -> Arc<Needs> {
    match &*expression.kind {
        ExprKind::Code(code) => Arc::clone(&code.needs),
        _ => Arc::default(),
    }
}

/// What a `VarData` says that JavaScript needs.
///
/// # Errors
/// Whatever reading it raises.
pub(super) fn needs(data: &PyObject, vm: &VirtualMachine) -> PyResult<Arc<Needs>> {
    if vm.is_none(data) {
        return Ok(Arc::default());
    }
    let imports = vm.call_method(data, "_import_rows", ())?;
    let imports = vm.extract_elements_with(&imports, |row| import(&row, vm))?;
    let hooks = data.get_attr("hooks", vm)?;
    let hooks = vm.extract_elements_with(&hooks, |hook| hook.try_into_value::<String>(vm))?;
    let hooks = hooks.into_iter().map(Into::into).collect();
    Ok(Arc::new(Needs { imports, hooks }))
}

/// An import as Python tells it: library, name, alias, whether it is the default.
///
/// # Errors
/// When it is something else.
pub(super) fn import(row: &PyObject, vm: &VirtualMachine) -> PyResult<Import> {
    let row = vm.extract_elements_with(row, Ok)?;
    let [library, name, alias, is_default] = &row[..] else {
        return Err(vm.new_value_error("an import is told as four values"));
    };
    let text = |value: &PyObjectRef| value.clone().try_into_value::<Option<String>>(vm);
    Ok(Import {
        library: text(library)?.unwrap_or_default().into(),
        name: text(name)?.map(Into::into),
        alias: text(alias)?.map(Into::into),
        is_default: is_default.clone().is_true(vm)?,
    })
}

/// An expression as JavaScript to be written as it stands: a constant text is code.
pub(super) fn of(expression: Expr) -> Code {
    match &*expression.kind {
        ExprKind::Code(code) => code.clone(),
        ExprKind::Raw(text) => Code {
            parts: vec![CodePart::Text(Arc::clone(text))],
            needs: Arc::default(),
        },
        ExprKind::Format(parts) => Code {
            parts: parts.iter().cloned().map(part).collect(),
            needs: Arc::default(),
        },
        _ => Code {
            parts: vec![part(expression)],
            needs: Arc::default(),
        },
    }
}

fn part(expression: Expr) -> CodePart {
    match expression.constant_text() {
        Some(text) => CodePart::Text(text.into()),
        None => CodePart::Expr(expression),
    }
}
