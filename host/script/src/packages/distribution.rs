//! A package as its files name it: which it is, which version, and whether it is pure Python.
//!
//! Not here: where its files are (`folder`).

use super::table::{self, PURE_FALLBACKS, Unusable};

/// A package in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Distribution {
    /// The name under which it is published, normalised: lower case, words joined by hyphens.
    pub(super) name: String,
    /// The version as it is written.
    pub(super) version: String,
    /// Whether it holds nothing but Python.
    pub(super) is_pure: bool,
}

/// Why a package is not put on the import path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is known not to run.
    Known(&'static Unusable),
    /// It is compiled, and not known to have a pure form.
    Compiled,
}

impl Distribution {
    /// What the name of a wheel says: `{name}-{version}(-{build})?-{python}-{abi}-{platform}.whl`.
    pub(super) fn of_wheel(file_name: &str) -> Option<Self> {
        let parts: Vec<&str> = file_name.strip_suffix(".whl")?.split('-').collect();
        if !(5..=6).contains(&parts.len()) {
            return None;
        }
        let [python, abi, platform] = parts.last_chunk::<3>()?;
        // For Python 2 alone: as unusable as compiled code.
        let is_current = python.split('.').any(|tag| !tag.starts_with("py2"));
        Some(Self {
            name: normalised(parts[0]),
            version: parts[1].to_owned(),
            is_pure: is_current && *abi == "none" && *platform == "any",
        })
    }

    /// What the folder `{name}-{version}.dist-info` of an unpacked package and the file `WHEEL` in
    /// it say.
    pub(super) fn of_metadata(folder_name: &str, wheel: &str) -> Option<Self> {
        let (name, version) = folder_name.strip_suffix(".dist-info")?.rsplit_once('-')?;
        let is_tagged_pure = |line: &str| line.starts_with("Tag:") && line.ends_with("-none-any");
        Some(Self {
            name: normalised(name),
            version: version.to_owned(),
            is_pure: wheel.is_empty() || wheel.lines().map(str::trim_end).any(is_tagged_pure),
        })
    }

    /// Why it cannot be used, if it cannot.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        let major = self.release().first().copied();
        if let Some(known) = table::unusable(&self.name, major) {
            return Some(Refusal::Known(known));
        }
        let is_usable = self.is_pure || PURE_FALLBACKS.contains(&self.name.as_str());
        (!is_usable).then_some(Refusal::Compiled)
    }

    /// The numbers of the version, by which two versions are compared.
    pub(super) fn release(&self) -> Vec<u64> {
        self.version
            .split(|c: char| !c.is_ascii_digit())
            .map_while(|number| number.parse().ok())
            .collect()
    }
}

/// The form of a name in which spellings of the same are equal.
pub(super) fn normalised(name: &str) -> String {
    name.to_ascii_lowercase().replace(['_', '.'], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wheel(name: &str) -> Distribution {
        Distribution::of_wheel(name).unwrap()
    }

    #[test]
    fn the_name_of_a_wheel_is_read() {
        let found = wheel("Typing_Extensions-4.16.0-py3-none-any.whl");
        assert_eq!(found.name, "typing-extensions");
        assert_eq!(found.version, "4.16.0");
        assert_eq!(found.release(), [4, 16, 0]);
        assert_eq!(wheel("x-1.10rc1-2-py3-none-any.whl").release(), [1, 10]);
        assert_eq!(Distribution::of_wheel("notes.txt"), None);
        assert_eq!(Distribution::of_wheel("short-1.whl"), None);
    }

    #[test]
    fn pure_wheels_are_told_from_compiled_ones() {
        let refusal = |name: &str| wheel(name).refusal();
        for usable in [
            "httpx-0.28.1-py3-none-any.whl",
            "six-1.17.0-py2.py3-none-any.whl",
            "pydantic-1.10.27-py3-none-any.whl",
            "markupsafe-3.0.4-cp314-cp314-manylinux2014_x86_64.whl",
        ] {
            assert_eq!(refusal(usable), None, "{usable}");
        }
        for compiled in [
            "unheard_of-1.0-cp314-cp314-manylinux2014_x86_64.whl",
            "unheard_of-1.0-py3-none-manylinux2014_x86_64.whl",
            "unheard_of-1.0-cp38-abi3-macosx_11_0_arm64.whl",
            "unheard_of-1.0-py2-none-any.whl",
        ] {
            assert_eq!(refusal(compiled), Some(Refusal::Compiled), "{compiled}");
        }
        for known in [
            "cryptography-45.0-cp311-abi3-manylinux_2_34_x86_64.whl",
            "trio-0.31.0-py3-none-any.whl",
            "pydantic-2.14.3-py3-none-any.whl",
        ] {
            assert!(matches!(refusal(known), Some(Refusal::Known(_))), "{known}");
        }
    }

    #[test]
    fn an_unpacked_package_is_known_by_its_metadata() {
        let of = |wheel: &str| Distribution::of_metadata("Some_Thing-2.0.dist-info", wheel);
        let pure = "Root-Is-Purelib: true\r\nTag: py3-none-any\r\n";
        let compiled = "Root-Is-Purelib: false\nTag: cp311-cp311-linux_x86_64\n";
        assert_eq!(of(pure).unwrap().refusal(), None);
        assert_eq!(of(compiled).unwrap().refusal(), Some(Refusal::Compiled));
        assert_eq!(of("").unwrap().name, "some-thing");
        assert_eq!(Distribution::of_metadata("some_thing", pure), None);
    }
}
