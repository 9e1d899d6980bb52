//! Packages that apps bring: real wheels of httpx, which `tests/run` fetches, and small ones made
//! here. What is imported, what is left out, and what a failed import says.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    thread,
};

use ferroflex_script::{App, LoadFailure, LoadOptions};
use serde_json::json;

use crate::support::{Client, hub, load_options, load_with};

/// The end of every app here: a page.
const PAGE: &str = "\n\napp = rx.App()\napp.add_page(lambda: rx.text('x'), route='/')\n";

/// A folder for one test, with an app `{name}.py` in it and room for its packages and a cache.
struct Place {
    folder: PathBuf,
    options: LoadOptions,
}

impl Place {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("packages-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("packages")).unwrap();
        let options = LoadOptions {
            cache: Some(folder.join("cache")),
            ..load_options()
        };
        Self { folder, options }
    }

    /// Writes a file, whose path begins at the test's folder.
    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Makes a wheel in `folder` of a package with one module, by Python's own zip tool.
    fn wheel(&self, folder: &str, file_name: &str, files: &[(&str, &str)]) {
        let content = format!("content-of-{file_name}");
        for (path, text) in files {
            self.write(&format!("{content}/{path}"), text);
        }
        let (content, wheels) = (self.folder.join(content), self.folder.join(folder));
        fs::create_dir_all(&wheels).unwrap();
        let entries = fs::read_dir(&content).unwrap();
        let tops = entries.map(|entry| entry.unwrap().file_name());
        let made = Command::new("python3")
            .args(["-m", "zipfile", "-c"])
            .arg(wheels.join(file_name))
            .args(tops)
            .current_dir(&content)
            .status();
        assert!(made.unwrap().success(), "{file_name} cannot be made");
    }

    fn load(&self, app: &str) -> Result<Arc<App>, Box<LoadFailure>> {
        load_with(&self.folder.join(app), &self.options)
    }

    fn client(&self, app: &str) -> Client {
        match self.load(app) {
            Ok(app) => Client::on(&hub(&app)),
            Err(failure) => panic!("{app}: {}\n{}", failure.message, failure.trace),
        }
    }

    fn failure(&self, source: &str) -> LoadFailure {
        self.write("app.py", source);
        *self.load("app.py").expect_err("it loads")
    }
}

/// The folder of the wheels of `tests/wheels.txt`.
pub(crate) fn fetched_wheels_folder() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    target.join("test-wheels")
}

fn fetched_wheels() -> Vec<PathBuf> {
    let entries = fs::read_dir(fetched_wheels_folder())
        .expect("the wheels are not there; tests/run fetches them");
    let paths = entries.map(|entry| entry.unwrap().path());
    let wheels: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "whl"))
        .collect();
    assert!(wheels.len() >= 7, "too few wheels: {wheels:?}");
    wheels
}

/// A server that answers every request with the same JSON; gives its address.
pub(crate) fn json_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                request.push(byte[0]);
            }
            let body = r#"["one","two"]"#;
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
            write!(
                stream,
                "{head}\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            )
            .unwrap();
        }
    });
    format!("http://{address}/")
}

/// A state that tells a value of a module, which is all of an app but its page.
fn tells(import: &str, value: &str) -> String {
    format!(
        "import reflex as rx\n{import}\n\n\nclass S(rx.State):\n    told: str = ''\n\n    \
         @rx.event\n    def tell(self):\n        self.told = str(({value}))\n{PAGE}"
    )
}

const HTTPX_APP: &str = "import httpx
import reflex as rx


class S(rx.State):
    items: list[str] = []

    @rx.event
    async def load(self, url: str):
        async with httpx.AsyncClient() as client:
            response = await client.get(url)
        self.items = response.json()

    @rx.event
    def load_blocking(self, url: str):
        self.items = [*httpx.get(url).json(), 'three']
";

#[test]
fn httpx_loads_data_although_its_folder_holds_what_cannot_run() {
    let place = Place::new("httpx");
    for wheel in fetched_wheels() {
        let name = wheel.file_name().unwrap();
        fs::copy(&wheel, place.folder.join("packages").join(name)).unwrap();
    }
    // Both are tried for by others, which fail when one is there and does not run.
    place.write("packages/trio-0.31.0-py3-none-any.whl", "");
    place.write("packages/cryptography-45.0-cp311-abi3-linux_x86_64.whl", "");
    place.write(
        "packages/trio/__init__.py",
        "raise AttributeError('recvmsg_into')\n",
    );
    place.write("app.py", &format!("{HTTPX_APP}{PAGE}"));
    let url = json_server();
    let mut client = place.client("app.py");
    client.ok("S.load", json!([url]));
    assert_eq!(client.field("S.items"), json!(["one", "two"]));
    client.ok("S.load_blocking", json!([url]));
    assert_eq!(client.field("S.items"), json!(["one", "two", "three"]));
}

#[test]
fn an_import_that_cannot_succeed_says_why_and_what_to_do() {
    let place = Place::new("explained");
    place.write("packages/some_thing-1.0-cp314-cp314-linux_x86_64.whl", "");
    for (module, words) in [
        (
            "some_thing",
            "some-thing 1.0 is not pure Python for Python 3, and only that runs",
        ),
        (
            "numpy",
            "numpy is compiled code, which cannot run in Ferroflex; use lists",
        ),
        (
            "pandas",
            "pandas is compiled code, which cannot run in Ferroflex; read tables",
        ),
        (
            "PIL.Image",
            "No module named 'PIL': pillow is compiled code",
        ),
        (
            "pydantic",
            "pip download --only-binary=:all: -d packages 'pydantic<2'",
        ),
        (
            "dotenv",
            "pip download --only-binary=:all: -d packages python-dotenv",
        ),
        (
            "tkinter",
            "this part of the standard library is not in the embedded interpreter",
        ),
    ] {
        let failure = place.failure(&format!("import reflex as rx\n\nimport {module}\n"));
        assert_eq!(failure.title(), "import error");
        let message = &failure.message;
        assert!(
            message.starts_with("ModuleNotFoundError: No module named"),
            "{message}"
        );
        assert!(message.contains(words), "{module}: {message}");
        assert!(!message.contains('\n'), "{message}");
        let origin = failure.origin.expect("a place");
        let own = origin.file.ends_with("app.py") && origin.line == 3;
        assert!(own || module == "tkinter", "{module}: {origin:?}");
        assert!(!failure.trace.contains("importlib"), "{}", failure.trace);
    }
}

#[test]
fn who_only_asks_for_a_module_is_told_that_there_is_none() {
    let place = Place::new("asked");
    let import = "import importlib.util\ntry:\n    import pandas\n\
                  except ImportError as raised:\n    missing = raised.name\n\
                  found = importlib.util.find_spec('numpy')";
    place.write("app.py", &tells(import, "(missing, found)"));
    let mut client = place.client("app.py");
    client.ok("S.tell", json!([]));
    assert_eq!(client.field("S.told"), json!("('pandas', None)"));
}

#[test]
fn two_apps_have_each_their_own_version() {
    let place = Place::new("versions");
    let app = tells("import versioned", "versioned.VERSION");
    for (name, version) in [("old", 1), ("new", 2)] {
        place.write(&format!("{name}/main.py"), &app);
        let wheel = format!("versioned-{version}.0-py3-none-any.whl");
        let source = format!("VERSION = {version}\n");
        place.wheel(
            &format!("{name}/packages"),
            &wheel,
            &[("versioned.py", &source)],
        );
    }
    let (mut old, mut new) = (place.client("old"), place.client("new"));
    old.ok("S.tell", json!([]));
    new.ok("S.tell", json!([]));
    assert_eq!(old.field("S.told"), json!("1"));
    assert_eq!(new.field("S.told"), json!("2"));
}

#[test]
fn given_folders_come_behind_the_apps_own() {
    let mut place = Place::new("given");
    let wheels = [
        ("packages", "one", "own"),
        ("shared", "one", "given"),
        ("shared", "two", "given"),
    ];
    for (folder, name, whose) in wheels {
        let source = format!("WHOSE = '{whose}'\n");
        let wheel = format!("{name}_of_them-1.0-py3-none-any.whl");
        place.wheel(folder, &wheel, &[(&format!("{name}_of_them.py"), &source)]);
    }
    place.options.packages = vec![place.folder.join("shared")];
    let import = "import one_of_them, two_of_them";
    place.write(
        "app.py",
        &tells(import, "[one_of_them.WHOSE, two_of_them.WHOSE]"),
    );
    let mut client = place.client("app.py");
    client.ok("S.tell", json!([]));
    assert_eq!(client.field("S.told"), json!("['own', 'given']"));
}

#[test]
fn bytecode_is_kept_of_packages_and_not_of_apps() {
    let place = Place::new("bytecode");
    place.wheel(
        "packages",
        "packed-1.0-py3-none-any.whl",
        &[("packed/__init__.py", "V = 1\n")],
    );
    place.write("packages/unpacked/__init__.py", "");
    place.write("mine.py", "");
    place.write(
        "app.py",
        &tells("import packed, unpacked, mine", "packed.__file__"),
    );
    let mut client = place.client("app.py");
    client.ok("S.tell", json!([]));
    let told = client.field("S.told");
    let kept = Path::new(told.as_str().unwrap()).with_file_name("__pycache__");
    assert!(kept.starts_with(place.folder.join("cache")), "{told}");
    assert!(kept.is_dir(), "{told}");
    assert!(place.folder.join("packages/unpacked/__pycache__").is_dir());
    assert!(!place.folder.join("__pycache__").exists());
}

#[test]
fn of_a_compiled_wheel_the_pure_form_is_used() {
    let place = Place::new("fallback");
    let files = [
        (
            "markupsafe/__init__.py",
            "import os\nFILES = os.listdir(os.path.dirname(__file__))\n",
        ),
        (
            "markupsafe/_speedups.cpython-314-x86_64-linux-gnu.so",
            "compiled",
        ),
    ];
    place.wheel(
        "packages",
        "markupsafe-3.0.4-cp314-cp314-linux_x86_64.whl",
        &files,
    );
    place.write(
        "app.py",
        &tells(
            "import markupsafe",
            "'__init__.py' in markupsafe.FILES, \
                 any(name.endswith('.so') for name in markupsafe.FILES)",
        ),
    );
    let mut client = place.client("app.py");
    client.ok("S.tell", json!([]));
    assert_eq!(client.field("S.told"), json!("(True, False)"));
}

#[test]
fn without_a_cache_and_beside_a_broken_wheel_wheels_are_imported() {
    let mut place = Place::new("bare");
    let module = [("packed.py", "PLACE = __file__\n")];
    place.wheel("packages", "packed-1.0-py3-none-any.whl", &module);
    place.write("packages/broken-1.0-py3-none-any.whl", "no archive");
    place.write("app.py", &tells("import packed", "'.whl' in packed.PLACE"));
    for (cache, is_packed) in [(place.options.cache.clone(), false), (None, true)] {
        place.options.cache = cache;
        let mut client = place.client("app.py");
        client.ok("S.tell", json!([]));
        let expected = if is_packed { "True" } else { "False" };
        assert_eq!(client.field("S.told"), json!(expected));
    }
}

#[test]
fn a_fault_within_a_package_is_shown_where_the_app_meets_it() {
    let place = Place::new("within");
    let module = [("faulty/__init__.py", "\n\nimport numpy\n")];
    place.wheel("packages", "faulty-1.0-py3-none-any.whl", &module);
    let failure = place.failure("import reflex as rx\nimport faulty\n");
    assert!(
        failure.message.contains("numpy is compiled code"),
        "{}",
        failure.message
    );
    let origin = failure.origin.expect("a place");
    assert!(origin.file.ends_with("app.py"), "{origin:?}");
    assert_eq!(origin.line, 2);
    assert!(failure.trace.contains("faulty"), "{}", failure.trace);
}
