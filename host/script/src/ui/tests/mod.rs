//! Python source run against the native module: what comes out as expressions, nodes, events.
//!
//! State classes here are a stand-in of a few lines, so that these tests stand on this module
//! alone.

mod commands;
mod components;
mod events;
mod javascript;
mod own;
mod pages;
mod print;
mod speed;
mod table;
mod typing;
mod vars;

use std::thread;

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine, scope::Scope};

use crate::interpreter::{self, STACK_BYTES};

const PRELUDE: &str = r#"
import _ferroflex_ui as ui
import reflex as rx

class State:
    def __init_subclass__(cls):
        full_name = f"app.{cls.__name__}"
        for name, annotation in cls.__annotations__.items():
            setattr(cls, name, ui.field_var(full_name, name, annotation, cls))
        for name, value in list(vars(cls).items()):
            if type(value) is type(lambda: 0) and not name.startswith("_"):
                actions = getattr(value, "actions", {})
                setattr(cls, name, ui.EventHandler(value, full_name, name, actions))
"#;

/// Runs `source` after the prelude in an interpreter of its own, then `check`.
fn with_python<T: Send + 'static>(
    source: &str,
    check: impl FnOnce(&VirtualMachine, Scope) -> T + Send + 'static,
) -> T {
    let source = format!("{PRELUDE}\n{source}");
    let run = move || {
        let _alone = interpreter::alone();
        interpreter::build(&[]).enter(|vm| {
            let scope = vm.new_scope_with_main().expect("a main module");
            if let Err(raised) = vm.run_string(scope.clone(), &source, "app.py") {
                panic!("{}", written_exception(&raised, vm));
            }
            check(vm, scope)
        })
    };
    let thread = thread::Builder::new().stack_size(STACK_BYTES).spawn(run);
    match thread.expect("a thread").join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// The value of a Python expression.
fn evaluate(expression: &str, vm: &VirtualMachine, scope: &Scope) -> PyResult<PyObjectRef> {
    vm.run_block_expr(scope.clone(), expression)
}

/// Checks each row's Python expression: printed, or as `Class: text` of what it raised.
fn check_table(source: &str, table: &'static [(&'static str, &'static str)]) {
    let wrong = with_python(source, |vm, scope| {
        let outcome = |expression: &str| match evaluate(expression, vm, &scope) {
            Ok(value) => print::object(&value, vm),
            Err(raised) => written_message(&raised, vm),
        };
        let rows = table
            .iter()
            .map(|(expression, expected)| (*expression, *expected, outcome(expression)));
        rows.filter(|(_, expected, found)| expected != found)
            .map(|(expression, expected, found)| {
                format!("{expression}\n  expected {expected}\n  found    {found}")
            })
            .collect::<Vec<_>>()
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

type Raised = rustpython_vm::builtins::PyBaseExceptionRef;

fn written_message(raised: &Raised, vm: &VirtualMachine) -> String {
    use rustpython_vm::AsObject;
    let text = raised
        .as_object()
        .str(vm)
        .map(|text| text.to_string_lossy().into_owned());
    format!("{}: {}", raised.class().name(), text.unwrap_or_default())
}

fn written_exception(raised: &Raised, vm: &VirtualMachine) -> String {
    let mut text = String::new();
    vm.write_exception(&mut text, raised)
        .expect("a written exception");
    text
}
