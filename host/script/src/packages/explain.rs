//! What a failed import and a package that is left out say: why, and what to do.
//!
//! Not here: what is known of packages (`table`).

use rustpython_vm::{
    AsObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::PyStrRef,
    function::{FuncArgs, OptionalArg},
};

use super::{
    distribution::{Distribution, Refusal},
    table,
};

/// The function of importlib that an import statement ends in. `importlib.util.find_spec` asks the
/// finders as well, and must hear that there is nothing.
const IMPORTING: &str = "_find_and_load_unlocked";

/// The last finder of `sys.meta_path`: finds nothing, but has an import fail with words that help.
pub(super) fn find_spec(arguments: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let (name, path, _target): (PyStrRef, OptionalArg<PyObjectRef>, OptionalArg<PyObjectRef>) =
        arguments.bind(vm)?;
    let is_submodule = path.into_option().is_some_and(|path| !vm.is_none(&path));
    let text = name.to_string_lossy().into_owned();
    if is_submodule || !is_import(vm) {
        return Ok(());
    }
    let standard = vm.sys_module.get_attr("stdlib_module_names", vm)?;
    let is_standard = vm.call_method(&standard, "__contains__", (name.clone(),))?;
    let is_standard = is_standard.try_to_bool(vm)?;
    // A private module of somebody else is the compiled part of a package, not a package.
    if text.starts_with('_') && !is_standard {
        return Ok(());
    }
    let message = missing(&text, is_standard, super::left_out(&text, vm).as_deref());
    let class = vm.ctx.exceptions.module_not_found_error;
    let raised = vm.invoke_exception(class, vec![vm.ctx.new_str(message).into()])?;
    raised.as_object().set_attr("name", name, vm)?;
    Err(raised)
}

/// Whether the finder that calls was called by an import, and not by somebody who only asks.
fn is_import(vm: &VirtualMachine) -> bool {
    let asking = vm.current_frame().and_then(|frame| frame.f_back(vm));
    asking.is_some_and(|frame| frame.f_code().code.obj_name.as_str() == IMPORTING)
}

/// One line on a package that is left out of the import path.
pub(super) fn left_out(distribution: &Distribution, refusal: &Refusal) -> String {
    let Distribution { name, version, .. } = distribution;
    match refusal {
        Refusal::Known(known) => format!("{name} {version} {}; {}", known.reason, known.instead),
        Refusal::Compiled => format!(
            "{name} {version} is not pure Python for Python 3, and only that runs in Ferroflex; \
             if it has a pure form, this fetches it: pip download --only-binary=:all: --no-deps \
             --platform any -d packages {name}"
        ),
    }
}

fn missing(module: &str, is_standard: bool, left_out: Option<&str>) -> String {
    let start = format!("No module named '{module}'");
    if let Some(known) = table::unusable_module(module) {
        let name = known.distribution;
        return format!("{start}: {name} {}; {}", known.reason, known.instead);
    }
    if let Some(reason) = left_out {
        return format!("{start}: {reason}");
    }
    if is_standard {
        return format!(
            "{start}: this part of the standard library is not in the embedded interpreter"
        );
    }
    format!(
        "{start}: it is neither beside the app nor in its packages/; if it is a package, put its \
         wheel there: pip download --only-binary=:all: -d packages {}",
        table::distribution_of(module)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_run_says_so_and_what_to_do_instead() {
        let text = missing("PIL", false, None);
        let start = "No module named 'PIL': pillow is compiled code, which cannot run";
        assert!(text.starts_with(start), "{text}");
        assert!(text.contains("; show images"), "{text}");
        assert!(missing("pydantic", false, None).contains("'pydantic<2'"));
    }

    #[test]
    fn what_is_not_there_says_how_to_get_it() {
        let text = missing("yaml", false, None);
        assert!(
            text.ends_with("pip download --only-binary=:all: -d packages pyyaml"),
            "{text}"
        );
        let left_out = missing("some", false, Some("some 1.0 is not pure"));
        assert!(
            left_out.ends_with("'some': some 1.0 is not pure"),
            "{left_out}"
        );
        let standard = missing("tkinter", true, None);
        assert!(standard.contains("standard library"), "{standard}");
        assert!(!standard.contains("pip"), "{standard}");
    }

    #[test]
    fn what_is_left_out_is_named_with_its_version() {
        let text = |file: &str| {
            let distribution = Distribution::of_wheel(file).unwrap();
            left_out(&distribution, &distribution.refusal().unwrap())
        };
        let known = text("cryptography-45.0-cp311-abi3-manylinux_2_34_x86_64.whl");
        assert!(
            known.starts_with("cryptography 45.0 is compiled code"),
            "{known}"
        );
        let unknown = text("some_thing-1.0-cp314-cp314-win_amd64.whl");
        assert!(
            unknown.starts_with("some-thing 1.0 is not pure Python"),
            "{unknown}"
        );
    }
}
