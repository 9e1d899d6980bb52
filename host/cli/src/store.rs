//! Which store keeps an app's sessions, and with which key their tokens are signed: as the command
//! line says, else the environment and `rxconfig.py` in Reflex's words.
//!
//! Not here: the stores themselves (`ferroflex_session`).

use std::{
    env,
    fs::DirBuilder,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result, bail};
use ferroflex_script::{App, Keeping};
use ferroflex_session::{
    Settings,
    identity::{Identity, random_secret, secret_of},
    limits::SESSION_KEPT_S,
    store::{Store, measured::Measured, redis::RedisStore, sqlite::SqliteStore},
    uploads,
};
use tokio::runtime::Handle;

use crate::arguments::{Secret, StoreOptions};
use crate::limits::SECRET_CHARS_MIN;

/// The environment's words of Reflex. The former name of the first has no prefix.
const REDIS_URL: [&str; 2] = ["REFLEX_REDIS_URL", "REDIS_URL"];
const MODE: &str = "REFLEX_STATE_MANAGER_MODE";
const AGE: &str = "REFLEX_REDIS_TOKEN_EXPIRATION";

/// Where sessions can be kept.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum StoreKind {
    /// In the process.
    Memory,
    /// In a file: that one, or the app's own in the data folder.
    Sqlite(Option<PathBuf>),
    /// On the server at this address, which may hold a password.
    Redis(String),
}

impl std::fmt::Debug for StoreKind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Memory => "memory",
            Self::Sqlite(_) => "sqlite",
            Self::Redis(_) => "redis",
        })
    }
}

impl StoreKind {
    /// What a command line names.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "memory" => Ok(Self::Memory),
            None if text == "sqlite" => Ok(Self::Sqlite(None)),
            Some(("sqlite", file)) if !file.is_empty() => Ok(Self::Sqlite(Some(file.into()))),
            Some(("redis" | "rediss" | "redis+unix" | "unix", _)) => {
                Ok(Self::Redis(text.to_owned()))
            }
            _ => Err(
                "memory, sqlite, sqlite:FILE, or an address redis://… or rediss://… is \
                      expected"
                    .to_owned(),
            ),
        }
    }

    /// What Reflex would take: a mode that is named counts more than an address.
    fn of_reflex(mode: Option<&str>, redis_url: Option<String>) -> Result<Self> {
        Ok(match (mode, redis_url) {
            (Some("memory"), _) => Self::Memory,
            (Some("disk"), _) | (None, None) => Self::Sqlite(None),
            (Some("redis") | None, Some(url)) => Self::Redis(url),
            (Some("redis"), None) => bail!(
                "state_manager_mode is \"redis\", and nothing says where: give redis_url, or --store"
            ),
            (Some(other), _) => {
                bail!("state_manager_mode is {other:?}; memory, disk or redis is expected")
            }
        })
    }
}

/// Opens the stores of apps.
pub(crate) struct Stores {
    options: StoreOptions,
    /// On which stores work.
    runtime: Handle,
}

impl Stores {
    /// With the options' folders as they stand now, before the process enters another one.
    pub(crate) fn new(options: &StoreOptions, runtime: &Handle) -> Result<Self> {
        let mut options = options.clone();
        let is_short = |secret: &Secret| secret.0.chars().count() < SECRET_CHARS_MIN;
        if options.secret.as_ref().is_some_and(is_short) {
            bail!("--secret (FERROFLEX_SECRET) has fewer than {SECRET_CHARS_MIN} characters");
        }
        options.data_dir = std::path::absolute(&options.data_dir)?;
        if let Some(StoreKind::Sqlite(Some(file))) = &mut options.store {
            *file = std::path::absolute(&file)?;
        }
        Ok(Self {
            options,
            runtime: runtime.clone(),
        })
    }

    /// The settings of an app's sessions that have to do with how they are kept. Blocks until the
    /// store is open. `alone`: whether no other app is served.
    pub(crate) fn settings(&self, app: &App, alone: bool) -> Result<Settings> {
        let kind = self.kind(&app.keeping)?;
        if !alone && matches!(kind, StoreKind::Sqlite(Some(_))) {
            bail!(
                "--store sqlite:FILE is for one app; with several, name a folder with --data-dir"
            );
        }
        // A folder may be named after a release: the app's own name finds the sessions again. With
        // several apps only the folders' names are sure to differ.
        let own = app.keeping.name.as_ref().filter(|_| alone);
        let name = own.unwrap_or(&app.name);
        let opened = self.runtime.block_on(open(&kind, &self.options, name));
        let (store, identity) =
            opened.with_context(|| format!("the sessions of {} cannot be kept", app.name))?;
        if store.is_some() && uploads::is_private() {
            uploads::share(self.options.data_dir.join("uploads"));
        }
        Ok(Settings {
            store,
            identity,
            kept_s: self.age(&app.keeping)?,
            memory_bytes: self.options.session_memory.saturating_mul(1 << 20),
            ..Settings::default()
        })
    }

    fn kind(&self, app: &Keeping) -> Result<StoreKind> {
        if let Some(kind) = &self.options.store {
            return Ok(kind.clone());
        }
        let mode = said(MODE).or_else(|| app.mode.clone());
        let url = REDIS_URL.into_iter().find_map(said);
        StoreKind::of_reflex(mode.as_deref(), url.or_else(|| app.redis_url.clone()))
    }

    fn age(&self, app: &Keeping) -> Result<u64> {
        let of_environment = said(AGE).map(|text| {
            let wrong = || format!("{AGE} is {text:?}; a number of seconds is expected");
            text.parse().with_context(wrong)
        });
        let said = self.options.session_age.map(Ok).or(of_environment);
        let said = said.transpose()?.or(app.age_s);
        Ok(said.unwrap_or(SESSION_KEPT_S))
    }
}

/// What a variable of the environment says, if it says something.
#[expect(
    clippy::disallowed_methods,
    reason = "this is where configuration is read, and these names are Reflex's"
)]
fn said(name: &str) -> Option<String> {
    env::var(name).ok().filter(|text| !text.is_empty())
}

/// Opens the store of an app; none for this process's memory alone. And what makes its tokens.
async fn open(
    kind: &StoreKind,
    options: &StoreOptions,
    app: &str,
) -> Result<(Option<Arc<dyn Store>>, Identity)> {
    let store: Option<Arc<dyn Store>> = match kind {
        StoreKind::Memory => None,
        StoreKind::Redis(url) => Some(Arc::new(RedisStore::open(url, app).await?)),
        StoreKind::Sqlite(file) => {
            let file = match file {
                Some(file) => file.clone(),
                None => sessions_file(&options.data_dir, app)?,
            };
            Some(Arc::new(SqliteStore::open(&file).await?))
        }
    };
    let store = store.map(|store| Arc::new(Measured::new(store)) as Arc<dyn Store>);
    let identity = match (&options.secret, &store) {
        (Some(secret), _) => Identity::new(&secret_of(&secret.0)),
        (None, Some(store)) => Identity::new(&store.secret(random_secret()?).await?),
        (None, None) => Identity::default(),
    };
    Ok((store, identity))
}

/// The file of an app's sessions. Its folder is for nobody else: sessions hold what users typed.
fn sessions_file(data_dir: &Path, app: &str) -> Result<PathBuf> {
    let folder = data_dir.join("sessions");
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).with_context(|| {
        let folder = folder.display();
        format!("{folder} cannot be made; name another folder with --data-dir")
    })?;
    Ok(folder.join(format!("{app}.sqlite")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_names_a_store() {
        let redis = "rediss://user:pass@host:6380/1";
        for (text, kind) in [
            ("memory", StoreKind::Memory),
            ("sqlite", StoreKind::Sqlite(None)),
            (
                "sqlite:a/b.sqlite",
                StoreKind::Sqlite(Some("a/b.sqlite".into())),
            ),
            (redis, StoreKind::Redis(redis.into())),
        ] {
            assert_eq!(StoreKind::parse(text), Ok(kind));
        }
        for text in ["", "disk", "sqlite:", "http://host", "postgres://host"] {
            assert!(StoreKind::parse(text).is_err(), "{text}");
        }
        assert_eq!(format!("{:?}", StoreKind::Redis(redis.into())), "redis");
    }

    #[test]
    fn the_words_of_reflex_mean_what_they_mean_there() {
        let url = || Some("redis://host".to_owned());
        let redis = StoreKind::Redis("redis://host".into());
        for (mode, given, kind) in [
            (None, None, StoreKind::Sqlite(None)),
            (None, url(), redis.clone()),
            (Some("redis"), url(), redis),
            (Some("disk"), url(), StoreKind::Sqlite(None)),
            (Some("memory"), url(), StoreKind::Memory),
        ] {
            assert_eq!(StoreKind::of_reflex(mode, given).unwrap(), kind, "{mode:?}");
        }
        for (mode, part) in [("redis", "--store"), ("tape", "memory, disk or redis")] {
            let error = StoreKind::of_reflex(Some(mode), None)
                .unwrap_err()
                .to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
