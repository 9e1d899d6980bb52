//! Where apps are on disk: a file, a folder, a Reflex project, or a folder of such.
//!
//! Not here: importing them (`load`).

use std::path::{Path, PathBuf};

use crate::{ScriptError, interpreter::is_python, packages};

/// The file that makes a folder a Reflex project.
const CONFIGURATION: &str = "rxconfig.py";

/// One app on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppSource {
    /// The app's name: the file's or the folder's.
    pub name: String,
    /// The module to import; none for a Reflex project, whose `rxconfig.py` names it.
    pub module: Option<String>,
    /// The folder that imports start from.
    pub folder: PathBuf,
}

/// Finds the apps that `path` stands for: itself, or those inside it when it is a folder of apps.
///
/// # Errors
/// When the path cannot be read, or is neither an app nor a folder.
pub fn discover(path: &Path) -> Result<Vec<AppSource>, ScriptError> {
    let path = path
        .canonicalize()
        .map_err(|source| ScriptError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
    if let Some(app) = app_at(&path) {
        return Ok(vec![app]);
    }
    let no_app = || ScriptError::NoApp {
        path: path.clone(),
        name: stem(&path),
    };
    if !path.is_dir() {
        return Err(no_app());
    }
    let entries = std::fs::read_dir(&path).map_err(|source| ScriptError::Unreadable {
        path: path.clone(),
        source,
    })?;
    let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    // What single-file apps import stands beside them and is none of them.
    inside.retain(|path| !path.ends_with(packages::FOLDER));
    inside.sort();
    let apps: Vec<AppSource> = inside.iter().filter_map(|path| app_at(path)).collect();
    if apps.is_empty() {
        Err(no_app())
    } else {
        Ok(apps)
    }
}

fn app_at(path: &Path) -> Option<AppSource> {
    let name = stem(path);
    if name.is_empty() || name.starts_with(['.', '_']) {
        return None;
    }
    if path.is_file() && is_python(path) && !name.starts_with("test_") && name != "rxconfig" {
        let folder = path.parent()?.to_owned();
        return Some(AppSource {
            module: Some(name.clone()),
            name,
            folder,
        });
    }
    if !path.is_dir() {
        return None;
    }
    let folder = path.to_owned();
    if path.join(CONFIGURATION).is_file() {
        return Some(AppSource {
            name,
            module: None,
            folder,
        });
    }
    let candidates = [name.as_str(), "app", "main"];
    let module = candidates
        .iter()
        .find(|module| path.join(format!("{module}.py")).is_file())?;
    Some(AppSource {
        module: Some((*module).to_owned()),
        name,
        folder,
    })
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder_with(test: &str, files: &[&str]) -> PathBuf {
        let root =
            std::env::temp_dir().join(format!("ferroflex-source-{test}-{}", std::process::id()));
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        root
    }

    fn names(path: &Path) -> Vec<(String, Option<String>)> {
        discover(path)
            .unwrap()
            .into_iter()
            .map(|app| (app.name, app.module))
            .collect()
    }

    #[test]
    fn a_folder_of_apps_holds_files_folders_and_projects() {
        let root = folder_with(
            "many",
            &[
                "b.py",
                "a/a.py",
                "c/rxconfig.py",
                "c/c/c.py",
                "d/main.py",
                "notes.txt",
                "packages/main.py",
                "_x.py",
                "e/x.txt",
            ],
        );
        let some = |module: &str| Some(module.to_owned());
        let expected = vec![
            ("a".to_owned(), some("a")),
            ("b".to_owned(), some("b")),
            ("c".to_owned(), None),
            ("d".to_owned(), some("main")),
        ];
        assert_eq!(names(&root), expected);
        assert_eq!(names(&root.join("b.py")), vec![("b".to_owned(), some("b"))]);
        assert_eq!(names(&root.join("c")), vec![("c".to_owned(), None)]);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn what_is_no_app_is_said_to_be_none() {
        let root = folder_with("none", &["notes.txt"]);
        let error = discover(&root).unwrap_err().to_string();
        assert!(error.contains("is no app"), "{error}");
        assert!(discover(&root.join("missing")).is_err());
        fs::remove_dir_all(root).unwrap();
    }
}
