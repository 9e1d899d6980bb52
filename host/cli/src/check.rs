//! `ferroflex check`: loads apps as `run` does, each as if it were served alone, and says what
//! fails and what is odd; serves nothing.
//!
//! Not here: finding it out (`ferroflex_script::survey`).

mod json;
mod text;

use std::{io::Write as _, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, Result};
use ferroflex_script::{
    AppSource, LoadFailure, LoadOptions, LoadWarning, Survey, discover, survey,
};

use crate::{apps, arguments::CheckOptions, tailwind};

/// An app and what was found out about it.
struct Checked {
    name: String,
    path: PathBuf,
    survey: Survey,
}

impl Checked {
    fn is_good(&self) -> bool {
        self.survey.failures.is_empty()
    }
}

/// Checks the apps of a command line.
pub(crate) fn check(options: &CheckOptions) -> Result<ExitCode> {
    let load_options = apps::load_options(&options.imports)?;
    let mut sources: Vec<AppSource> = Vec::new();
    for path in &options.paths {
        sources.extend(discover(path)?);
    }
    let mut checked = Vec::with_capacity(sources.len());
    for source in sources {
        // An app opens its files by paths that begin at its folder.
        std::env::set_current_dir(&source.folder)
            .with_context(|| format!("{} cannot be entered", source.folder.display()))?;
        let mut survey = survey(&source, &load_options)?;
        check_tailwind(&mut survey, &load_options);
        let app = Checked {
            name: source.name,
            path: source.folder,
            survey,
        };
        if !options.json {
            print(&text::report(&app))?;
        }
        checked.push(app);
    }
    print(&if options.json {
        json::report(&checked)?
    } else {
        text::total(&checked)
    })?;
    let good = checked.iter().all(Checked::is_good);
    Ok(ExitCode::from(u8::from(!good)))
}

/// Adds what Tailwind says of the app's configuration.
fn check_tailwind(survey: &mut Survey, options: &LoadOptions) {
    let Some(said) = &survey.tailwind else { return };
    match tailwind::make(said, options.cache.as_deref()) {
        Ok(made) => survey
            .warnings
            .extend(made.warnings.into_iter().map(|warning| LoadWarning {
                route: None,
                message: format!("Tailwind: {warning}"),
            })),
        Err(error) => survey
            .failures
            .push(LoadFailure::of_config(format!("{error:#}"))),
    }
}

fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
