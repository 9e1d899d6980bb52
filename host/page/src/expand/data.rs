//! Tables and spreadsheets: what they must be given, and the box that a spreadsheet stands in.

use ferroflex_state::Value;

use super::{
    Argument, Keywords,
    composed::{add_missing, make, texts},
};
use crate::{PageError, catalogue, expr::Expr, types::Type};
use crate::{
    catalogue::{Entry, camel_case},
    node::Node,
};

/// A table of a list needs the names of its columns; a data frame brings them along.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every composed component is made by a function of the same form"
)]
pub(super) fn data_table(positional: Vec<Argument>, keywords: Keywords) -> Result<Node, PageError> {
    let entry = catalogue::require("data_table")?;
    refuse_children(entry, &positional)?;
    let is_list = value_of(&keywords, "data").is_some_and(|data| {
        data.items().is_some() || matches!(data.ty.without_none(), Type::List(_) | Type::Tuple(_))
    });
    if is_list && value_of(&keywords, "columns").is_none() {
        return Err(PageError::Prop {
            component: entry.name,
            prop: "columns".to_owned(),
            problem: "must be given when data is a list".to_owned(),
        });
    }
    make("data_table", vec![], keywords)
}

/// A spreadsheet in a box, which has the style: a spreadsheet takes the room that there is.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every composed component is made by a function of the same form"
)]
pub(super) fn data_editor(
    positional: Vec<Argument>,
    mut keywords: Keywords,
) -> Result<Node, PageError> {
    let entry = catalogue::require("data_editor")?;
    refuse_children(entry, &positional)?;
    if let Some((_, wanted)) = take_if(&mut keywords, "extended_cell_types")
        && !is_false(&wanted)
    {
        return Err(PageError::Prop {
            component: entry.name,
            prop: "extended_cell_types".to_owned(),
            problem: "is not in Ferroflex: the shell does not carry these kinds of cells"
                .to_owned(),
        });
    }
    // Made of the columns and the data; Reflex drops what an author gives, too.
    take_if(&mut keywords, "get_cell_content");
    let is_own = |name: &String| entry.prop(name).is_some() || name.starts_with("on_");
    let (mut own, mut of_box): (Keywords, Keywords) =
        keywords.into_iter().partition(|(name, _)| is_own(name));
    for (name, argument) in &mut own {
        if let Argument::Value(theme) = argument
            && name == "theme"
        {
            *argument = Argument::Value(in_camel_case(theme));
        }
    }
    add_missing(&mut of_box, texts(&[("width", "100%"), ("height", "100%")]));
    make("el.div", vec![make("data_editor", vec![], own)?], of_box)
}

fn refuse_children(entry: &'static Entry, positional: &[Argument]) -> Result<(), PageError> {
    if positional.is_empty() {
        return Ok(());
    }
    Err(PageError::NoChildren {
        component: entry.name,
    })
}

fn value_of<'k>(keywords: &'k Keywords, name: &str) -> Option<&'k Expr> {
    keywords
        .iter()
        .find_map(|(known, argument)| match argument {
            Argument::Value(value) if known == name => Some(value),
            _ => None,
        })
}

fn take_if(keywords: &mut Keywords, name: &str) -> Option<(String, Argument)> {
    let position = keywords.iter().position(|(known, _)| known == name)?;
    Some(keywords.remove(position))
}

fn is_false(argument: &Argument) -> bool {
    matches!(argument, Argument::Value(value) if matches!(
        value.constant(),
        Some(Value::None | Value::Bool(false))
    ))
}

/// A dictionary that is written out, with its names as JavaScript has them.
fn in_camel_case(theme: &Expr) -> Expr {
    match theme.entries() {
        Some(entries) => {
            let renamed = |(name, value): (String, Expr)| (camel_case(&name), value);
            Expr::dict(entries.into_iter().map(renamed).collect())
        }
        None => theme.clone(),
    }
}
