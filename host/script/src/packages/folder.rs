//! A folder of packages as it is on disk: its wheels, its unpacked packages, and what of both is
//! left out of the import path.
//!
//! Not here: unpacking wheels (`cache`), imports from the folder (`mod`).

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    distribution::{Distribution, Refusal},
    explain, table,
};

/// What a folder of packages holds.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// The folder.
    pub(super) path: PathBuf,
    /// The wheels to import from, one of each package.
    pub(super) wheels: Vec<PathBuf>,
    /// Modules of unpacked packages that are there and must not be seen: a package that cannot run
    /// breaks others which use it when it is there.
    pub(super) hidden: BTreeSet<String>,
    /// What is left out, by the name of the package, and why, in a line.
    pub(super) left_out: Vec<(String, String)>,
}

/// The folder of packages beside an app, if there is one that is not a package of the app's own.
pub(super) fn beside(app: &Path) -> Option<PathBuf> {
    let folder = app.join(super::FOLDER);
    (folder.is_dir() && !folder.join("__init__.py").is_file()).then_some(folder)
}

impl Folder {
    /// Reads a folder.
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        let entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
        let mut names: Vec<String> = entries
            .iter()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        let path = path.to_owned();
        let mut folder = Self {
            path,
            ..Self::default()
        };
        folder.take_wheels(&names);
        for name in names.iter().filter(|name| name.ends_with(".dist-info")) {
            folder.check_unpacked(name);
        }
        folder.hide_known(&names);
        Ok(folder)
    }

    /// Takes one wheel of each package: the newest, and of its forms the pure one.
    fn take_wheels(&mut self, names: &[String]) {
        let mut found: Vec<(Distribution, &String)> = Vec::new();
        for name in names.iter().filter(|name| is_wheel(name)) {
            match Distribution::of_wheel(name) {
                Some(distribution) => found.push((distribution, name)),
                None => self.leave_out(name, format!("{name} is not named as a wheel is")),
            }
        }
        found.sort_by(|(one, _), (other, _)| {
            let order = |it: &Distribution| (it.refusal().is_none(), it.release(), it.is_pure);
            one.name
                .cmp(&other.name)
                .then_with(|| order(other).cmp(&order(one)))
        });
        for forms in found.chunk_by(|(one, _), (other, _)| one.name == other.name) {
            let Some(((best, name), others)) = forms.split_first() else {
                continue;
            };
            if let Some(refusal) = best.refusal() {
                self.leave_out(&best.name, explain::left_out(best, &refusal));
                continue;
            }
            self.wheels.push(self.path.join(name));
            for (_, other) in others {
                self.leave_out(other, format!("{other}, for {name} beside it"));
            }
        }
    }

    /// Hides an unpacked package that cannot run.
    fn check_unpacked(&mut self, metadata: &str) {
        let read = |file: &str| fs::read_to_string(self.path.join(metadata).join(file));
        let wheel = read("WHEEL").unwrap_or_default();
        let Some(found) = Distribution::of_metadata(metadata, &wheel) else {
            return;
        };
        let Some(refusal) = found.refusal() else {
            return;
        };
        let mut modules = modules_of(&read("RECORD").unwrap_or_default());
        if let Refusal::Known(known) = refusal {
            modules.extend(known.modules.iter().map(|&module| module.to_owned()));
        }
        self.hidden.extend(modules);
        self.leave_out(&found.name, explain::left_out(&found, &refusal));
    }

    /// Hides what is known not to run, also where nothing but its name tells what it is.
    fn hide_known(&mut self, names: &[String]) {
        for name in names {
            let known = table::unusable_module(name).filter(|known| known.since == 0);
            if let Some(known) = known
                && self.hidden.insert(name.clone())
            {
                let line = format!("{name} {}; {}", known.reason, known.instead);
                self.leave_out(known.distribution, line);
            }
        }
    }

    fn leave_out(&mut self, name: &str, line: String) {
        self.left_out.push((name.to_owned(), line));
    }
}

fn is_wheel(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "whl")
}

/// The modules that a `RECORD`, the list of a package's files, names. A folder without code of its
/// own is shared by several packages and stays.
fn modules_of(record: &str) -> BTreeSet<String> {
    let paths = record.lines().filter_map(|line| line.split(',').next());
    let module = |path: &str| {
        let stem = path
            .strip_suffix("/__init__.py")
            .or(path.strip_suffix(".py"))?;
        (!stem.contains(['/', '.'])).then(|| stem.to_owned())
    };
    paths.filter_map(module).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A new folder with empty files.
    fn folder_with(test: &str, files: &[(&str, &str)]) -> PathBuf {
        let root = std::env::temp_dir().join(format!("ferroflex-{test}-{}", std::process::id()));
        for (file, text) in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    #[test]
    fn wheels_are_taken_once_and_only_when_they_can_run() {
        let root = folder_with(
            "wheels",
            &[
                ("a-1.9.0-py3-none-any.whl", ""),
                ("a-1.10.0-py3-none-any.whl", ""),
                ("b-2.0-py2.py3-none-any.whl", ""),
                ("pendulum-3.3-cp314-cp314-linux_x86_64.whl", ""),
                ("pendulum-3.3-py3-none-any.whl", ""),
                ("trio-0.31.0-py3-none-any.whl", ""),
                ("c-1.0-cp314-cp314-manylinux2014_x86_64.whl", ""),
                ("notes.txt", ""),
                ("odd.whl", ""),
            ],
        );
        let folder = Folder::read(&root).unwrap();
        let expected = [
            "a-1.10.0-py3-none-any.whl",
            "b-2.0-py2.py3-none-any.whl",
            "pendulum-3.3-py3-none-any.whl",
        ];
        assert_eq!(folder.wheels, expected.map(|name| root.join(name)));
        let lines = folder.left_out.iter().map(|(_, line)| line.as_str());
        let said = lines.collect::<Vec<_>>().join("\n");
        assert_eq!(folder.left_out.len(), 5, "{said}");
        for part in [
            "trio 0.31.0 needs",
            "c 1.0 is not pure",
            "odd.whl",
            "a-1.9.0-py3-none-any.whl, for a-1.10.0",
            "pendulum-3.3-cp314-cp314-linux_x86_64.whl, for",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn unpacked_packages_that_cannot_run_are_hidden() {
        let compiled = "Root-Is-Purelib: false\nTag: cp314-cp314-linux_x86_64\n";
        let pure = "Root-Is-Purelib: true\nTag: py3-none-any\n";
        let record = "fast/__init__.py,sha256=x,1\nfaster.py,,\nshared/part/__init__.py,,\n\
                      ../bin/fast,,\nfast-1.0.dist-info/WHEEL,,\n__pycache__/faster.pyc,,\n";
        let root = folder_with(
            "unpacked",
            &[
                ("fast-1.0.dist-info/WHEEL", compiled),
                ("fast-1.0.dist-info/RECORD", record),
                ("good-1.0.dist-info/WHEEL", pure),
                ("good-1.0.dist-info/RECORD", "good.py,,\n"),
                ("cryptography-45.0.dist-info/WHEEL", compiled),
                ("cryptography/__init__.py", ""),
                ("numpy/__init__.py", ""),
                ("yaml/__init__.py", ""),
            ],
        );
        let folder = Folder::read(&root).unwrap();
        let hidden: Vec<&str> = folder.hidden.iter().map(String::as_str).collect();
        assert_eq!(hidden, ["cryptography", "fast", "faster", "numpy"]);
        assert_eq!(folder.left_out.len(), 3, "{:?}", folder.left_out);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_package_of_the_apps_own_is_no_folder_of_packages() {
        let root = folder_with("own", &[("packages/__init__.py", "")]);
        assert_eq!(beside(&root), None);
        fs::remove_file(root.join("packages/__init__.py")).unwrap();
        assert_eq!(beside(&root), Some(root.join("packages")));
        fs::remove_dir_all(root).unwrap();
    }
}
