//! The shell with a few pages, as what is rendered imports them.

use std::{borrow::Cow, collections::HashMap};

use ferroflex_render::Modules;
use serde_json::{Value as Json, json};

/// The shell with the pages beside this file.
pub(crate) struct Site {
    imports: HashMap<String, String>,
}

impl Site {
    pub(crate) fn new() -> Self {
        let map: Json = serde_json::from_str(ferroflex_shell::import_map()).unwrap();
        let imports = map["imports"].as_object().unwrap().iter();
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        Self {
            imports: imports.map(|(name, it)| (name.clone(), text(it))).collect(),
        }
    }
}

impl Modules for Site {
    fn address(&self, specifier: &str) -> Option<String> {
        self.imports.get(specifier).cloned()
    }

    fn source(&self, address: &str) -> Option<Cow<'static, [u8]>> {
        let page: &str = match address {
            "/counter.js" => include_str!("counter.js"),
            "/table.js" => include_str!("table.js"),
            "/ids.js" => include_str!("ids.js"),
            "/faulty.js" => include_str!("faulty.js"),
            _ => {
                let path = address.strip_prefix("/_shell/")?;
                return Some(ferroflex_shell::file(path)?.bytes);
            }
        };
        Some(Cow::Borrowed(page.as_bytes()))
    }
}

/// What a page with that state tells the shell about itself.
pub(crate) fn description(state: &Json) -> String {
    let page = json!({
        "base": "", "build": "1", "module": "", "state": state, "hash": "", "env": "dev",
        "color_mode": "system",
    });
    page.to_string()
}
