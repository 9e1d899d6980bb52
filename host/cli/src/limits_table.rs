//! `ferroflex limits`: the limits of all crates, for a terminal and as a page of the documentation.
//!
//! Not here: any limit (each crate's `limits`).

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use ferroflex_limits::Limit;

use crate::arguments::{Format, LimitsOptions};

/// All limits by what they are about.
const SECTIONS: &[(&str, &[Limit])] = &[
    ("Command line", crate::limits::TABLE),
    ("Sessions and stores", ferroflex_session::limits::TABLE),
    ("Server", ferroflex_server::limits::TABLE),
    ("Python", ferroflex_script::limits::TABLE),
    ("Rendering on the server", ferroflex_render::limits::TABLE),
    ("Pages", ferroflex_page::limits::TABLE),
    ("Values and differences", ferroflex_state::limits::TABLE),
    ("Browser", ferroflex_shell::limits::TABLE),
];

/// What stands above the table in the documentation.
const INTRODUCTION: &str = "\
# Limits

Every queue, buffer, loop and wait of Ferroflex has a named limit. This page is written by
`ferroflex limits --format markdown`; a test compares it with the binary. Limits without a setting are
built in.
";

/// Writes the limits to the standard output.
pub(crate) fn show(options: &LimitsOptions) -> anyhow::Result<ExitCode> {
    let text = match options.format {
        Format::Text => columns(),
        Format::Markdown => page(),
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Aligned columns: name, value, setting, what happens.
fn columns() -> String {
    let all = || SECTIONS.iter().flat_map(|(_, limits)| limits.iter());
    let width = |text: fn(&Limit) -> String| all().map(|limit| text(limit).chars().count()).max();
    let name = width(|limit| limit.name.to_owned()).unwrap_or_default();
    let value = width(Limit::shown).unwrap_or_default();
    let setting = width(|limit| setting(limit).to_owned()).unwrap_or_default();
    let mut text = String::new();
    for (title, limits) in SECTIONS {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{title}");
        for limit in *limits {
            let _ = writeln!(
                text,
                "  {:name$}  {:>value$}  {:setting$}  {}",
                limit.name,
                limit.shown(),
                self::setting(limit),
                limit.when_hit,
            );
        }
        text.push('\n');
    }
    text
}

/// The page of the documentation.
fn page() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (title, limits) in SECTIONS {
        let _ = writeln!(text, "\n## {title}\n");
        text.push_str("| limit | value | setting | when it is hit | why |\n|---|---|---|---|---|\n");
        for limit in *limits {
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} | {} |",
                limit.name,
                limit.shown(),
                setting(limit),
                cell(limit.when_hit),
                cell(&plain(limit.why)),
            );
        }
    }
    text
}

fn setting(limit: &Limit) -> &'static str {
    if limit.setting.is_empty() {
        "-"
    } else {
        limit.setting
    }
}

/// Documentation in one line, with names in place of links to code.
fn plain(documentation: &str) -> String {
    let words: Vec<_> = documentation.split_whitespace().collect();
    words.join(" ").replace("[`", "`").replace("`]", "`")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
