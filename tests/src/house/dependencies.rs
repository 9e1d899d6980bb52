//! Which crate of the workspace may depend on which, and who may name a library that is kept behind
//! one door. Dependencies of tests and build scripts count like all others.

use serde::Deserialize;

/// The arrows between the crates; `cli` is the crate `ferroflex`.
const ARROWS: &[(&str, &[&str])] = &[
    ("ferroflex-limits", &[]),
    ("ferroflex-state", &["ferroflex-limits"]),
    ("ferroflex-page", &["ferroflex-state", "ferroflex-limits"]),
    (
        "ferroflex-session",
        &["ferroflex-state", "ferroflex-limits"],
    ),
    ("ferroflex-shell", &["ferroflex-limits"]),
    // Its tests run the shell's modules.
    ("ferroflex-render", &["ferroflex-shell", "ferroflex-limits"]),
    (
        "ferroflex-script",
        &[
            "ferroflex-session",
            "ferroflex-page",
            "ferroflex-state",
            "ferroflex-limits",
        ],
    ),
    (
        "ferroflex-server",
        &[
            "ferroflex-session",
            "ferroflex-page",
            "ferroflex-state",
            "ferroflex-limits",
        ],
    ),
    (
        "ferroflex",
        &[
            "ferroflex-limits",
            "ferroflex-server",
            "ferroflex-render",
            "ferroflex-script",
            "ferroflex-session",
            "ferroflex-shell",
            "ferroflex-page",
            "ferroflex-state",
        ],
    ),
    // Drives the others from outside, over the network.
    ("ferroflex-tests", &[]),
];

/// Libraries that only the crates named may use. A name stands for its whole family:
/// `rustpython` also for `rustpython-vm`.
const DOORS: &[(&str, &[&str])] = &[
    ("rustpython", &["ferroflex-script"]),
    ("redis", &["ferroflex-session"]),
    ("sqlx", &["ferroflex-data", "ferroflex-session"]),
    ("rquickjs", &["ferroflex-render"]),
    ("anyhow", &["ferroflex", "ferroflex-tests"]),
];

/// A crate and what it depends on, as `cargo metadata` tells it.
#[derive(Debug, Deserialize)]
pub struct Package {
    /// The crate's name.
    pub name: String,
    /// What its manifest names.
    pub dependencies: Vec<Dependency>,
}

/// One dependency of a crate.
#[derive(Debug, Deserialize)]
pub struct Dependency {
    /// The name of the crate depended on, not the one that it may be given in the manifest.
    pub name: String,
}

/// Everything in which the crates break the rules.
#[must_use]
pub fn violations(packages: &[Package]) -> Vec<String> {
    packages.iter().flat_map(of_package).collect()
}

fn of_package(package: &Package) -> Vec<String> {
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == package.name) else {
        return vec![format!(
            "crate {} is not in the table of arrows; say there what it may depend on",
            package.name
        )];
    };
    let names = package
        .dependencies
        .iter()
        .map(|dependency| dependency.name.as_str());
    names
        .filter_map(|name| refusal(&package.name, allowed, name))
        .collect()
}

/// Why `package` may not name `dependency`, if it may not.
fn refusal(package: &str, allowed: &[&str], dependency: &str) -> Option<String> {
    let in_house = ARROWS.iter().any(|(name, _)| *name == dependency);
    if in_house && !allowed.contains(&dependency) {
        return Some(format!(
            "{package} depends on {dependency}, which turns an arrow round; it may depend on {}",
            list(allowed)
        ));
    }
    let (_, owners) = DOORS
        .iter()
        .find(|(family, _)| belongs(dependency, family))?;
    (!owners.contains(&package)).then(|| {
        format!(
            "{package} names {dependency}, which is kept to {}",
            list(owners)
        )
    })
}

fn belongs(name: &str, family: &str) -> bool {
    name.strip_prefix(family)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn list(names: &[&str]) -> String {
    if names.is_empty() {
        "no crate of the workspace".to_owned()
    } else {
        names.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependencies: &[&str]) -> Package {
        let dependency = |name: &&str| Dependency {
            name: (*name).to_owned(),
        };
        Package {
            name: name.to_owned(),
            dependencies: dependencies.iter().map(dependency).collect(),
        }
    }

    fn check(name: &str, dependency: &str) -> Vec<String> {
        violations(&[package(name, &[dependency])])
    }

    #[test]
    fn arrows_that_point_down_are_fine() {
        assert_eq!(check("ferroflex-script", "ferroflex-state"), [""; 0]);
        assert_eq!(check("ferroflex", "ferroflex-script"), [""; 0]);
        assert_eq!(check("ferroflex-state", "serde_json"), [""; 0]);
    }

    #[test]
    fn an_arrow_turned_round_is_told() {
        let found = check("ferroflex-limits", "ferroflex-state");
        assert!(found[0].contains("no crate of the workspace"), "{found:?}");
        assert_eq!(check("ferroflex-state", "ferroflex-session").len(), 1);
        assert_eq!(check("ferroflex-session", "ferroflex-script").len(), 1);
        assert_eq!(check("ferroflex-server", "ferroflex-script").len(), 1);
    }

    #[test]
    fn a_library_stays_behind_its_door() {
        let found = check("ferroflex-page", "rustpython-vm");
        assert!(found[0].contains("kept to ferroflex-script"), "{found:?}");
        assert_eq!(check("ferroflex-server", "redis").len(), 1);
        assert_eq!(check("ferroflex-session", "redis"), [""; 0]);
        assert_eq!(check("ferroflex-script", "sqlx").len(), 1);
        assert_eq!(check("ferroflex-server", "rquickjs").len(), 1);
        assert_eq!(check("ferroflex-session", "anyhow").len(), 1);
        assert_eq!(check("ferroflex-state", "redistribute"), [""; 0]);
    }

    #[test]
    fn a_crate_without_rules_is_told() {
        let found = check("ferroflex-new", "serde");
        assert!(found[0].contains("not in the table of arrows"), "{found:?}");
    }
}
