//! What is known of packages by name: which cannot run here and what to use instead, which run
//! without their compiled part, and which are imported under another name than their own.
//!
//! Not here: finding packages on disk (`folder`), the words around these (`explain`).

/// A package that cannot run in the embedded interpreter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unusable {
    /// The name under which it is published, normalised.
    pub(super) distribution: &'static str,
    /// The modules that it brings.
    pub(super) modules: &'static [&'static str],
    /// The first major version that cannot run.
    pub(super) since: u64,
    /// Why it cannot, as the end of a sentence that begins with its name.
    pub(super) reason: &'static str,
    /// What to do instead.
    pub(super) instead: &'static str,
}

const COMPILED: &str = "is compiled code, which cannot run in Ferroflex";
const PYDANTIC_1: &str = "use version 1, which has a pure form: pip download \
    --only-binary=:all: -d packages 'pydantic<2'";

const fn compiled(
    distribution: &'static str,
    modules: &'static [&'static str],
    instead: &'static str,
) -> Unusable {
    Unusable {
        distribution,
        modules,
        since: 0,
        reason: COMPILED,
        instead,
    }
}

/// The packages that are known not to run.
pub(super) const UNUSABLE: &[Unusable] = &[
    compiled(
        "numpy",
        &["numpy"],
        "use lists with the modules math, statistics and random, or ask a service for the result",
    ),
    compiled(
        "pandas",
        &["pandas"],
        "read tables with csv or json and keep the rows as lists of dictionaries",
    ),
    compiled(
        "polars",
        &["polars"],
        "read tables with csv or json and keep the rows as lists of dictionaries",
    ),
    compiled("pyarrow", &["pyarrow"], "exchange data as csv or json"),
    compiled(
        "scipy",
        &["scipy"],
        "use the modules math and statistics, or ask a service for the result",
    ),
    compiled(
        "scikit-learn",
        &["sklearn"],
        "run the model in a process of its own and call it with httpx",
    ),
    compiled(
        "torch",
        &["torch"],
        "run the model in a process of its own and call it with httpx",
    ),
    compiled(
        "tensorflow",
        &["tensorflow"],
        "run the model in a process of its own and call it with httpx",
    ),
    compiled(
        "matplotlib",
        &["matplotlib"],
        "draw charts with rx.recharts",
    ),
    compiled(
        "pillow",
        &["PIL"],
        "show images by their URL or path, and change them with a program that subprocess starts",
    ),
    compiled(
        "opencv-python",
        &["cv2"],
        "change images with a program that subprocess starts",
    ),
    compiled(
        "cryptography",
        &["cryptography"],
        "use hashlib, hmac, secrets and ssl of the standard library",
    ),
    compiled(
        "bcrypt",
        &["bcrypt"],
        "hash passwords with hashlib.scrypt or with passlib's pbkdf2_sha256",
    ),
    compiled(
        "argon2-cffi-bindings",
        &["_argon2_cffi_bindings"],
        "hash passwords with hashlib.scrypt or with passlib's pbkdf2_sha256",
    ),
    compiled(
        "psutil",
        &["psutil"],
        "use os and shutil.disk_usage, or read what the system tells in files",
    ),
    compiled("greenlet", &["greenlet"], "use asyncio or threads"),
    compiled("gevent", &["gevent"], "use asyncio or threads"),
    compiled("uvloop", &["uvloop"], "use asyncio as it is"),
    compiled("orjson", &["orjson"], "use json, which is native here"),
    compiled(
        "lxml",
        &["lxml"],
        "use xml.etree.ElementTree, or beautifulsoup4 with html.parser",
    ),
    compiled(
        "psycopg2-binary",
        &["psycopg2"],
        "use pg8000, which is pure Python",
    ),
    compiled("asyncpg", &["asyncpg"], "use pg8000, which is pure Python"),
    compiled("grpcio", &["grpc"], "call the service over HTTP with httpx"),
    compiled("pydantic-core", &["pydantic_core"], PYDANTIC_1),
    Unusable {
        distribution: "pydantic",
        modules: &["pydantic"],
        since: 2,
        reason: "needs compiled code from version 2 on, which cannot run in Ferroflex",
        instead: PYDANTIC_1,
    },
    Unusable {
        distribution: "sqlmodel",
        modules: &["sqlmodel"],
        since: 0,
        reason: "needs pydantic 2, whose core is compiled code, which cannot run in Ferroflex",
        instead: "keep what must last in json files or behind a service",
    },
    Unusable {
        distribution: "fastapi",
        modules: &["fastapi"],
        since: 0,
        reason: "needs pydantic 2, whose core is compiled code, which cannot run in Ferroflex",
        instead: "use starlette, on which it stands",
    },
    Unusable {
        distribution: "trio",
        modules: &["trio"],
        since: 0,
        reason: "needs sockets as the embedded interpreter does not have them",
        instead: "use asyncio",
    },
];

/// Packages whose wheels hold compiled code besides a pure form of the same, which they fall back
/// to. Each has been imported and used without its compiled part.
pub(super) const PURE_FALLBACKS: &[&str] = &[
    "aiohttp",
    "charset-normalizer",
    "frozenlist",
    "markupsafe",
    "msgpack",
    "multidict",
    "propcache",
    "pydantic",
    "pyyaml",
    "websockets",
    "wrapt",
    "yarl",
];

/// Modules whose package is published under a name that nobody would guess from theirs.
const DISTRIBUTIONS: &[(&str, &str)] = &[
    ("attr", "attrs"),
    ("bs4", "beautifulsoup4"),
    ("dateutil", "python-dateutil"),
    ("dotenv", "python-dotenv"),
    ("jose", "python-jose"),
    ("jwt", "pyjwt"),
    ("multipart", "python-multipart"),
    ("socketio", "python-socketio"),
    ("yaml", "pyyaml"),
];

/// What is known of a package in that version that cannot run; of one without a version, when none
/// can.
pub(super) fn unusable(distribution: &str, major: Option<u64>) -> Option<&'static Unusable> {
    UNUSABLE
        .iter()
        .find(|known| known.distribution == distribution && known.since <= major.unwrap_or(0))
}

/// What is known of the package that brings a module, if it or its later versions cannot run.
pub(super) fn unusable_module(module: &str) -> Option<&'static Unusable> {
    UNUSABLE
        .iter()
        .find(|known| known.modules.contains(&module))
}

/// The name under which the package of a module is published, as far as is known.
pub(super) fn distribution_of(module: &str) -> &str {
    DISTRIBUTIONS
        .iter()
        .find(|(known, _)| *known == module)
        .map_or(module, |(_, distribution)| distribution)
}
