//! What an app's `rxconfig.py` says of how its sessions are kept, and of the proxies before it.
//!
//! Not here: what is made of it (the command line), and the stores (`ferroflex_session`).

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::live::registry::parts;

/// How an app wants its sessions kept, as far as it says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keeping {
    /// `app_name`: the same wherever the app's folder stands.
    pub name: Option<String>,
    /// `redis_url`.
    pub redis_url: Option<String>,
    /// `state_manager_mode`: `memory`, `disk` or `redis`.
    pub mode: Option<String>,
    /// `redis_token_expiration`: for how long after their last use, in seconds.
    pub age_s: Option<u64>,
    /// `trusted_proxy_hops`: how many proxies before the server are trusted.
    pub trusted_hops: Option<usize>,
}

impl Keeping {
    /// What the configuration says.
    ///
    /// # Errors
    /// When one of the options has a type that makes no sense.
    pub(crate) fn read(vm: &VirtualMachine) -> PyResult<Self> {
        let module = vm.import("reflex.config", 0)?.get_attr("config", vm)?;
        let [name, url, mode, age] = parts(&*vm.call_method(&module, "keeping", ())?, vm)?;
        let hops = vm.call_method(&module, "trusted_hops", ())?;
        Ok(Self {
            name: text(name, vm)?,
            redis_url: text(url, vm)?,
            mode: text(mode, vm)?,
            age_s: vm
                .option_if_none(age)
                .map(|age| age.try_into_value(vm))
                .transpose()?,
            trusted_hops: vm
                .option_if_none(hops)
                .map(|hops| hops.try_into_value(vm))
                .transpose()?,
        })
    }
}

fn text(value: PyObjectRef, vm: &VirtualMachine) -> PyResult<Option<String>> {
    let value = vm.option_if_none(value);
    value.map(|value| value.try_into_value(vm)).transpose()
}
