//! Style props to CSS. What is constant becomes a class of the page's stylesheet; what depends on
//! the state is set at run time, in `style`, or by a custom property that the class reads where a
//! plain property would beat the class's own nested rules.

mod app;
mod dictionary;
mod names;
mod properties;

use std::collections::BTreeMap;

use ferroflex_state::Value;

pub use app::AppStyle;
pub(crate) use app::{PageRoot, THEME_CLASS};
pub(crate) use dictionary::branches;
pub use dictionary::entries;
pub(crate) use names::{are_breakpoints, breakpoint_at, is_known, property_names};

use crate::{
    emit,
    expr::{Expr, ExprKind},
    javascript,
    node::StyleValue,
    types::Type,
};

/// What an element needs for its style.
#[derive(Debug, Default)]
pub(crate) struct Styled {
    /// The class that holds what is constant.
    pub(crate) class_name: Option<String>,
    /// What is set at run time, under React's names.
    pub(crate) inline: Vec<(String, Expr)>,
}

/// A page's stylesheet: each distinct set of declarations once.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// What holds for the page as such.
    page_rules: String,
    rules: Vec<String>,
    classes: BTreeMap<String, String>,
}

/// One rule: at-rules around it, a selector with `&` for the element, declarations.
#[derive(Debug, Clone, PartialEq)]
struct Rule {
    around: Vec<String>,
    selector: String,
    declarations: Vec<(String, String)>,
}

impl Sheet {
    /// Takes in an element's style.
    pub(crate) fn add(&mut self, own: &[(&str, &str)], style: &[(String, StyleValue)]) -> Styled {
        let nests = style
            .iter()
            .any(|(_, value)| !matches!(value, StyleValue::Value(_)));
        let mut writer = Writer::new(if nests {
            Computed::InClass
        } else {
            Computed::Inline
        });
        let base = Rule::of("&");
        for (name, value) in own {
            let given = style
                .iter()
                .any(|(other, _)| names::properties(other) == names::properties(name));
            if !given {
                writer.declare(&base, name, &Expr::text(*value));
            }
        }
        writer.write_all(&base, style);
        Styled {
            class_name: self.class_for(&writer.rules),
            inline: writer.inline,
        }
    }

    /// The stylesheet's text.
    pub(crate) fn into_css(self) -> String {
        self.page_rules + &self.rules.concat()
    }

    fn class_for(&mut self, rules: &[Rule]) -> Option<String> {
        if rules.is_empty() {
            return None;
        }
        let template = css(rules);
        if let Some(class) = self.classes.get(&template) {
            return Some(class.clone());
        }
        let class = format!("f{}", base36(hash(&template)));
        self.rules
            .push(template.replace(ELEMENT, &format!(".{class}")));
        self.classes.insert(template, class.clone());
        Some(class)
    }
}

/// The plain values of a style under React's names, for a component that takes them itself.
pub(crate) fn inline(style: &[(String, StyleValue)]) -> Vec<(String, Expr)> {
    let mut values = Vec::with_capacity(style.len());
    for (name, value) in style {
        if let StyleValue::Value(value) = value {
            let named = |property: String| (names::react_name(&property), value.clone());
            values.extend(names::properties(name).into_iter().map(named));
        }
    }
    values
}

/// Stands for the element's class until it is known; no CSS has this letter.
const ELEMENT: &str = "\u{1}";

/// Rules as CSS; neighbours inside the same at-rules share them, as the steps of an animation must.
fn css(rules: &[Rule]) -> String {
    let groups = rules.chunk_by(|one, other| one.around == other.around);
    let written = groups.map(|group| {
        let around = group.first().map_or(&[][..], |rule| &rule.around);
        let open: String = around.iter().flat_map(|at| [at, "{"]).collect();
        let inner: Vec<String> = group.iter().map(Rule::css).collect();
        let lines = if around.is_empty() { "\n" } else { "" };
        format!("{open}{}{}\n", inner.join(lines), "}".repeat(around.len()))
    });
    written.collect()
}

impl Rule {
    /// The rule without what stands around it.
    fn css(&self) -> String {
        let declarations: Vec<_> = self
            .declarations
            .iter()
            .map(|(name, value)| format!("{name}:{value}"))
            .collect();
        let declarations = declarations.join(";");
        match self.selector.replace('&', ELEMENT).as_str() {
            "" => declarations,
            selector => format!("{selector}{{{declarations}}}"),
        }
    }
}

/// Gathers the rules of one element.
struct Writer {
    rules: Vec<Rule>,
    inline: Vec<(String, Expr)>,
    computed: Computed,
}

/// What becomes of a value that only the browser knows.
#[derive(Debug, PartialEq)]
enum Computed {
    /// It is set in the element's `style`.
    Inline,
    /// It goes through the class, because nested rules must beat it.
    InClass,
    /// There is no element to set it at: the properties are noted.
    Refused(Vec<String>),
}

impl Writer {
    fn new(computed: Computed) -> Self {
        Self {
            rules: Vec::new(),
            inline: Vec::new(),
            computed,
        }
    }

    /// Writes plain values before those of breakpoints, and these before nested rules: with the
    /// same weight, what comes later wins.
    fn write_all(&mut self, rule: &Rule, style: &[(String, StyleValue)]) {
        for (name, value) in style {
            if let StyleValue::Value(value) = value {
                self.declare(rule, name, value);
            }
        }
        for (name, value) in style {
            if let StyleValue::Responsive(values) = value {
                for (breakpoint, value) in values {
                    self.declare(&rule.inside(names::from_width(breakpoint)), name, value);
                }
            }
        }
        for (name, value) in style {
            if let StyleValue::Nested(inner) = value {
                self.write_all(&rule.nested(name), inner);
            }
        }
    }

    fn declare(&mut self, rule: &Rule, name: &str, value: &Expr) {
        for property in names::properties(name) {
            self.declare_property(rule, property, value);
        }
    }

    fn declare_property(&mut self, rule: &Rule, property: String, value: &Expr) {
        if let ExprKind::ColorMode(light, dark) = &*value.kind
            && emit::is_static(light)
            && emit::is_static(dark)
        {
            let dark_rule = rule.within(".dark &");
            let light_only = matches!(dark.constant(), Some(Value::None));
            let light_rule = light_only.then(|| rule.within(".light &"));
            let light_rule = light_rule.as_ref().unwrap_or(rule);
            self.declare_property(light_rule, property.clone(), light);
            return self.declare_property(&dark_rule, property, dark);
        }
        match (constant(&property, value), &mut self.computed) {
            (Constant::Text(text), _) => self.push(rule, property, text),
            (Constant::Nothing, _) => {}
            (Constant::Computed, Computed::Refused(refused)) => refused.push(property),
            (Constant::Computed, Computed::Inline) if rule.selector == "&" => {
                self.inline
                    .push((names::react_name(&property), value.clone()));
            }
            (Constant::Computed, _) => self.push_variable(rule, property, value),
        }
    }

    fn push_variable(&mut self, rule: &Rule, property: String, value: &Expr) {
        let variable = format!("--f{}", self.inline.len());
        let may_lack = value.ty.without_none() != value.ty;
        let value = for_variable(&property, value);
        let fallback = may_lack.then(|| format!(", {}", self.below(&property)));
        let fallback = fallback.unwrap_or_default();
        self.push(rule, property, format!("var({variable}{fallback})"));
        self.inline.push((variable, value));
    }

    /// What a property has when a rule does not set it: what the element's own rule says, else
    /// what the components' stylesheets say.
    fn below(&self, property: &str) -> &str {
        let own = self
            .rules
            .iter()
            .find(|rule| rule.selector == "&" && rule.around.is_empty());
        let declared = own.into_iter().flat_map(|rule| &rule.declarations);
        declared
            .rev()
            .find(|(known, _)| known == property)
            .map_or("revert-layer", |(_, value)| value)
    }

    fn push(&mut self, rule: &Rule, property: String, value: String) {
        let same =
            |known: &&mut Rule| known.around == rule.around && known.selector == rule.selector;
        match self.rules.iter_mut().find(same) {
            Some(known) => known.declarations.push((property, value)),
            None => self.rules.push(Rule {
                declarations: vec![(property, value)],
                ..rule.clone()
            }),
        }
    }
}

impl Rule {
    fn of(selector: &str) -> Self {
        Self {
            around: vec![],
            selector: selector.to_owned(),
            declarations: vec![],
        }
    }

    fn inside(&self, around: String) -> Self {
        let mut rule = self.clone();
        rule.around.push(around);
        rule
    }

    /// The rule for what nests in a style under a name.
    fn nested(&self, name: &str) -> Self {
        if let Some(around) = self.around.last()
            && around.starts_with("@keyframes")
        {
            // A step of an animation is no selector.
            return Self {
                selector: name.to_owned(),
                ..self.clone()
            };
        }
        if name.starts_with("@font-face") {
            let rule = self.inside(name.to_owned());
            return Self {
                selector: String::new(),
                ..rule
            };
        }
        self.within(&names::selector(name))
    }

    /// The rule for a nested selector; each of its alternatives is put in the place of `&`.
    fn within(&self, inner: &str) -> Self {
        if inner.starts_with('@') {
            return self.inside(inner.to_owned());
        }
        let outer = alternatives(&self.selector);
        let inner = alternatives(inner);
        let joined = inner.iter().flat_map(|inner| {
            let inner = if inner.contains('&') {
                inner.clone()
            } else {
                format!("& {inner}")
            };
            outer.iter().map(move |outer| inner.replace('&', outer))
        });
        Self {
            selector: joined.collect::<Vec<_>>().join(", "),
            ..self.clone()
        }
    }
}

/// The parts of a selector list, split at the commas that no parenthesis holds.
fn alternatives(selector: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_i32;
    for letter in selector.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        match (letter, depth, parts.last_mut()) {
            (',', 0, _) => parts.push(String::new()),
            (letter, _, Some(part)) => part.push(letter),
            _ => {}
        }
    }
    parts
        .into_iter()
        .map(|part| part.trim().to_owned())
        .collect()
}

/// What is known of a value when the page is generated.
enum Constant {
    /// Its text in CSS.
    Text(String),
    /// There is none: the prop was given as `None`.
    Nothing,
    /// Only the browser knows it.
    Computed,
}

fn constant(property: &str, value: &Expr) -> Constant {
    let unit = if names::counts_pixels(property) {
        "px"
    } else {
        ""
    };
    match value.constant() {
        Some(Value::Str(text)) => Constant::Text(text.clone()),
        Some(Value::Int(0)) => Constant::Text("0".to_owned()),
        Some(number @ (Value::Int(_) | Value::Float(_))) => {
            Constant::Text(format!("{}{unit}", javascript::value(number)))
        }
        Some(Value::Enum { value, .. }) => constant(property, &Expr::literal((**value).clone())),
        Some(_) => Constant::Nothing,
        None => Constant::Computed,
    }
}

/// A value as that of a custom property: a number carries its unit, which React adds only to real
/// properties, and None is written out, since a custom property that is not set is inherited.
fn for_variable(property: &str, value: &Expr) -> Expr {
    let branches = dictionary::branches(value);
    if !branches.is_empty() {
        let branches = branches.iter().map(|branch| for_variable(property, branch));
        return dictionary::between(value, branches.collect());
    }
    let is_number = matches!(value.ty, Type::Int | Type::Float);
    match constant(property, value) {
        Constant::Text(text) => Expr::text(text),
        Constant::Nothing => Expr::text("initial"),
        Constant::Computed if is_number && names::counts_pixels(property) => {
            Expr::format(vec![value.clone(), Expr::text("px")])
        }
        Constant::Computed => value.clone(),
    }
}

impl StyleValue {
    /// A style value as Python gives it: a list is by breakpoints, a dictionary of breakpoints
    /// too, any other dictionary nests.
    #[must_use]
    pub fn from_expr(value: &Expr) -> Self {
        if let Some(items) = value.items() {
            let named = items.into_iter().enumerate();
            let at = |(position, item)| Some((breakpoint_at(position)?.to_owned(), item));
            return Self::by_width(named.filter_map(at).collect());
        }
        let entries = match value.constant() {
            Some(Value::None) => None,
            _ => entries(value),
        };
        match entries {
            Some(entries) if are_breakpoints(entries.iter().map(|(name, _)| name.as_str())) => {
                Self::by_width(entries)
            }
            Some(entries) => Self::nested(entries),
            None => Self::Value(value.clone()),
        }
    }

    /// Values by breakpoint; dictionaries nest, each from its width on.
    fn by_width(values: Vec<(String, Expr)>) -> Self {
        let is_style = |value: &Expr| value.entries().is_some();
        if values.iter().any(|(_, value)| is_style(value)) {
            let from = |(name, value): (String, Expr)| (names::from_width(&name), value);
            return Self::nested(values.into_iter().map(from).collect());
        }
        Self::Responsive(values)
    }

    fn nested(entries: Vec<(String, Expr)>) -> Self {
        let inner = |(name, value): (String, Expr)| (name, Self::from_expr(&value));
        Self::Nested(entries.into_iter().map(inner).collect())
    }
}

/// FNV-1a, 64 bits: short, and the same on every machine and with every compiler.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A number in digits and small letters.
pub(crate) fn base36(mut number: u64) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = Vec::new();
    loop {
        let digit = usize::try_from(number % 36).unwrap_or(0);
        digits.push(char::from(DIGITS[digit]));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests;
