//! What the binding costs, with limits far above what is measured, so that only a change of kind
//! fails: measured figures are printed with `--nocapture`.

use std::time::{Duration, Instant};

use super::{PRELUDE, evaluate, with_python};

/// Far more than what 2,000 components take on a busy machine.
const COMPONENTS_LIMIT: Duration = Duration::from_millis(500);

#[test]
fn two_thousand_components() {
    let source = r#"
class S(State):
    n: int
    def click(self, value): ...

def build():
    return rx.vstack(*[
        rx.hstack(
            rx.text(f"row {i}", size="2", color="red", weight="bold"),
            rx.button("go", on_click=S.click(i), variant="soft", disabled=S.n > i),
            spacing="3", width="100%", _hover={"color": "blue"},
        )
        for i in range(667)
    ])
build()
"#;
    with_python(source, |vm, scope| {
        let started = Instant::now();
        evaluate("build()", vm, &scope).expect("a component");
        let taken = started.elapsed();
        println!("2,000 components: {taken:?}");
        assert!(taken < COMPONENTS_LIMIT, "{taken:?}");
    });
}

/// Far more than what 500 operations take on a busy machine.
const OPERATIONS_LIMIT: Duration = Duration::from_millis(200);

#[test]
fn five_hundred_operations() {
    let source = r#"
import typing
class S(State):
    n: int
    s: str
    rows: list[dict[str, typing.Any]]

def build():
    made = []
    for i in range(100):
        made += [S.n + 1, S.n > i, S.s.upper(), f"{S.n} of {i}", S.rows[i]["name"]]
    return made

def fields():
    return [S.n for _ in range(500)]
"#;
    with_python(source, |vm, scope| {
        for (what, expression) in [("fields", "fields()"), ("operations", "build()")] {
            let started = Instant::now();
            evaluate(expression, vm, &scope).expect("a list");
            let taken = started.elapsed();
            println!("500 {what}: {taken:?}");
            assert!(taken < OPERATIONS_LIMIT, "{taken:?}");
        }
    });
}

/// Importing the package reads a few small modules; none of Python's large ones.
#[test]
fn importing_the_package_pulls_in_no_large_module() {
    let source = r#"
import sys, time
large = [name for name in ("typing", "inspect", "dataclasses", "asyncio", "re", "enum")
         if name in sys.modules]
own = sorted(name for name in sys.modules if name.startswith("reflex"))
for name in own:
    del sys.modules[name]
started = time.thread_time()
import reflex
taken = time.thread_time() - started
"#;
    assert!(PRELUDE.contains("import reflex as rx"));
    with_python(source, |vm, scope| {
        let written = |expression: &str| {
            let value = evaluate(expression, vm, &scope).expect(expression);
            value
                .repr(vm)
                .expect(expression)
                .to_string_lossy()
                .into_owned()
        };
        println!("import reflex: {} s of CPU", written("taken"));
        assert_eq!(written("large"), "[]");
        assert_eq!(written("own"), "['reflex', 'reflex.module_paths']");
    });
}
