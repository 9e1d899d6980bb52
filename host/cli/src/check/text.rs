//! What a check found, for people: a line an app, and under it what is to be mended.

use std::fmt::{self, Write as _};

use ferroflex_script::{LoadFailure, LoadWarning, Origin};

use super::Checked;

/// An app's line and what is to be said about it.
pub(super) fn report(app: &Checked) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_report(&mut text, app);
    text
}

/// The last line.
pub(super) fn total(checked: &[Checked]) -> String {
    let good = checked.iter().filter(|app| app.is_good()).count();
    let failed = checked.len() - good;
    format!("{good} ok, {failed} failed\n")
}

fn write_report(text: &mut String, app: &Checked) -> fmt::Result {
    let survey = &app.survey;
    let status = if app.is_good() { "ok" } else { "failed" };
    write!(text, "{}: {status}", app.name)?;
    let routes: Vec<&str> = survey.pages.iter().map(|page| &*page.route).collect();
    if !routes.is_empty() {
        write!(text, ", pages {}", routes.join(" "))?;
    }
    text.push('\n');
    for failure in &survey.failures {
        write_failure(text, failure)?;
    }
    for warning in &survey.warnings {
        write_warning(text, warning)?;
    }
    Ok(())
}

fn write_failure(text: &mut String, failure: &LoadFailure) -> fmt::Result {
    writeln!(text, "  {}", failure.title())?;
    if let Some(origin) = &failure.origin {
        write_place(text, origin)?;
    }
    for line in failure.message.lines() {
        writeln!(text, "    {line}")?;
    }
    if failure.known_to_reflex {
        writeln!(text, "    Reflex has it, Ferroflex does not")?;
    }
    Ok(())
}

fn write_place(text: &mut String, origin: &Origin) -> fmt::Result {
    writeln!(text, "    {}:{}", origin.file, origin.line)?;
    let at = |(number, _): &&(usize, String)| *number == origin.line;
    if let Some((number, source)) = origin.source.iter().find(at) {
        writeln!(text, "    {number} | {}", source.trim())?;
    }
    Ok(())
}

fn write_warning(text: &mut String, warning: &LoadWarning) -> fmt::Result {
    let page = warning.route.as_deref();
    let place = page.map(|route| format!(" in page {route}"));
    writeln!(
        text,
        "  warning{}: {}",
        place.unwrap_or_default(),
        warning.message
    )
}
