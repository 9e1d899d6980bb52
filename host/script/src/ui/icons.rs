//! The names of the icons, for apps that read them all.
//!
//! Not here: the icons, and what becomes of a name that none has (the page crate).

use std::sync::Arc;

use ferroflex_page::Icons;
use rustpython_vm::{PyResult, VirtualMachine, convert::ToPyObject};

/// Gives Python the function `icon_names` of `_ferroflex_ui`: a list of names as Reflex spells them.
pub(crate) fn tell_icons(icons: &Arc<Icons>, vm: &VirtualMachine) -> PyResult<()> {
    let icons = Arc::clone(icons);
    let names = move |vm: &VirtualMachine| {
        let names = icons.names().map(|name| name.replace('-', "_"));
        let names = names.map(|name| name.to_pyobject(vm)).collect();
        vm.ctx.new_list(names)
    };
    let module = vm.import("_ferroflex_ui", 0)?;
    module.set_attr("icon_names", vm.new_function("icon_names", names), vm)
}
