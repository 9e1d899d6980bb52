//! Python's format specifications: what stands after the colon of an f-string's `{value:spec}`.

use ferroflex_state::Value;

use super::{
    convert,
    number::{Number, is_number},
    write,
};
use crate::limits::FORMAT_WIDTH_MAX;
use crate::types::Type;

/// How exact a text may be made; JavaScript does not write more digits either.
const DIGITS_MAX: usize = 100;

/// How many digits follow the point where the specification does not say it.
const DIGITS: usize = 6;

/// A specification: `[[fill]align][sign][#][0][width][grouping][.precision][kind]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spec {
    fill: char,
    align: Option<char>,
    sign: char,
    is_alternate: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

impl Spec {
    /// A specification; none for what is not written so, or asks for more than the limits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut letters = Letters(text);
        let (fill, align) = letters.alignment();
        let sign = letters.one_of("+- ").unwrap_or('-');
        let is_alternate = letters.one_of("#").is_some();
        let zero = letters.one_of("0").is_some();
        let width = letters.digits().unwrap_or(0);
        let grouping = letters.one_of(",_");
        let precision = match letters.one_of(".") {
            Some(_) => Some(letters.digits()?),
            None => None,
        };
        let kind = letters.one_of("bcdeEfFgGosxX%");
        let allowed =
            width <= FORMAT_WIDTH_MAX && precision.is_none_or(|digits| digits <= DIGITS_MAX);
        (letters.0.is_empty() && allowed).then_some(Self {
            fill: fill.unwrap_or(if zero { '0' } else { ' ' }),
            align: align.or((zero && kind != Some('s')).then_some('=')),
            sign,
            is_alternate,
            width,
            grouping,
            precision,
            kind,
        })
    }

    /// Whether Python formats values of the type so.
    pub(crate) fn fits(&self, ty: &Type) -> bool {
        let whole = matches!(self.kind, Some('b' | 'c' | 'd' | 'o' | 'x' | 'X'));
        let is_float_kind = matches!(self.kind, Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%'));
        match ty {
            Type::Any | Type::Union(_) => true,
            Type::Float => !whole && self.kind != Some('s'),
            Type::Int | Type::Bool => {
                self.kind != Some('s') && (is_float_kind || self.precision.is_none())
            }
            Type::Str => {
                matches!(self.kind, None | Some('s'))
                    && self.sign == '-'
                    && !self.is_alternate
                    && self.grouping.is_none()
                    && (self.align != Some('=') || self.fill == '0')
            }
            _ => false,
        }
    }

    /// `format(value, spec)`. What Python would refuse is its text in the width.
    pub(super) fn apply(&self, value: &Value, ty: &Type) -> String {
        if !is_number(value) || self.kind == Some('s') {
            return self.pad(&self.cut(value, ty), '<');
        }
        // The browser does not tell a float without a fraction from an integer but by its type.
        let number = match Number::of(value) {
            Number::Float(number) if write::is_safe_integer(number) => write::plain_string(value),
            Number::Float(number) => return self.float(number),
            Number::Int(number) => number.to_string(),
        };
        if ty.without_none() == Type::Float || self.is_float_kind() {
            return self.float(Number::of(value).float());
        }
        match number.strip_prefix('-') {
            Some(digits) => self.integer(true, digits),
            None => self.integer(false, &number),
        }
    }

    fn is_float_kind(&self) -> bool {
        matches!(self.kind, Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%'))
            || self.precision.is_some()
    }

    fn cut(&self, value: &Value, ty: &Type) -> String {
        let text = write::string(value, ty);
        match self.precision {
            Some(most) if convert::text(value).is_some() => text.chars().take(most).collect(),
            _ => text,
        }
    }

    fn integer(&self, is_negative: bool, digits: &str) -> String {
        if self.kind == Some('c') {
            let letter = digits.parse().ok().and_then(char::from_u32);
            return self.pad(&letter.map(String::from).unwrap_or_default(), '<');
        }
        let number: u128 = digits.parse().unwrap_or_default();
        let (prefix, digits) = match self.kind {
            Some('b') => ("0b", format!("{number:b}")),
            Some('o') => ("0o", format!("{number:o}")),
            Some('x') => ("0x", format!("{number:x}")),
            Some('X') => ("0X", format!("{number:X}")),
            _ => ("", digits.to_owned()),
        };
        let prefix = if self.is_alternate { prefix } else { "" };
        let group = if matches!(self.kind, None | Some('d')) {
            3
        } else {
            4
        };
        self.signed(is_negative, prefix, &digits, "", group)
    }

    fn float(&self, number: f64) -> String {
        let is_negative = number.is_sign_negative() && !number.is_nan();
        if !number.is_finite() {
            let word = if number.is_nan() { "nan" } else { "inf" };
            let word = if matches!(self.kind, Some('E' | 'F' | 'G')) {
                word.to_uppercase()
            } else {
                word.to_owned()
            };
            let percent = if self.kind == Some('%') { "%" } else { "" };
            return self.signed(is_negative, "", "", &(word + percent), 3);
        }
        let text = self.digits(number.abs());
        let point = text.find(['.', 'e', 'E', '%']).unwrap_or(text.len());
        self.signed(is_negative, "", &text[..point], &text[point..], 3)
    }

    /// The digits of a number that is not negative.
    fn digits(&self, number: f64) -> String {
        let precision = self.precision.unwrap_or(DIGITS);
        match self.kind {
            Some('f' | 'F') => self.pointed(format!("{number:.precision$}")),
            Some('%') => self.pointed(format!("{:.precision$}", number * 100.0)) + "%",
            Some('e') => write::exponential(&format!("{number:.precision$e}")),
            Some('E') => write::exponential(&format!("{number:.precision$e}")).to_uppercase(),
            Some('G') => self.general(number, precision).to_uppercase(),
            Some(_) => self.general(number, precision),
            None => match self.precision {
                Some(precision) => Self::with_fraction(self.general(number, precision)),
                None => write::float(number),
            },
        }
    }

    /// With a point, where the specification wants one even without digits after it.
    fn pointed(&self, text: String) -> String {
        let point = if self.is_alternate && !text.contains('.') {
            "."
        } else {
            ""
        };
        text + point
    }

    /// So many digits in all, exponential where the number is very large or very small.
    fn general(&self, number: f64, precision: usize) -> String {
        let precision = precision.max(1);
        let scientific = format!("{number:.*e}", precision - 1);
        let exponent = scientific
            .split_once('e')
            .and_then(|(_, e)| e.parse::<i32>().ok());
        let exponent = exponent.unwrap_or_default();
        let most = i32::try_from(precision).unwrap_or(i32::MAX);
        let limit = if self.kind.is_none() { most - 1 } else { most };
        if exponent < -4 || exponent >= limit {
            let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
            return write::exponential(&format!("{}e{exponent}", self.trimmed(digits)));
        }
        let places = usize::try_from(most - 1 - exponent).unwrap_or_default();
        self.trimmed(&format!("{number:.places$}")).to_owned()
    }

    /// Without the zeros that say nothing.
    fn trimmed<'t>(&self, digits: &'t str) -> &'t str {
        if self.is_alternate || !digits.contains('.') {
            return digits;
        }
        digits.trim_end_matches('0').trim_end_matches('.')
    }

    fn with_fraction(text: String) -> String {
        if text.contains(['.', 'e']) {
            text
        } else {
            text + ".0"
        }
    }

    /// Sign, prefix, whole digits and what follows them, in groups and in the width.
    fn signed(
        &self,
        is_negative: bool,
        prefix: &str,
        digits: &str,
        rest: &str,
        group: usize,
    ) -> String {
        let sign = match (is_negative, self.sign) {
            (true, _) => "-",
            (false, '+') => "+",
            (false, ' ') => " ",
            (false, _) => "",
        };
        let taken = sign.len() + prefix.len() + rest.chars().count();
        let mut digits = digits.to_owned();
        let mut grouped = self.grouped(&digits, group);
        let fills_with_digits = self.align == Some('=') && self.fill == '0' && !digits.is_empty();
        while fills_with_digits && taken + grouped.len() < self.width {
            digits.insert(0, '0');
            grouped = self.grouped(&digits, group);
        }
        if self.align == Some('=') {
            let missing = self.width.saturating_sub(taken + grouped.len());
            let fill = String::from(self.fill).repeat(missing);
            return format!("{sign}{prefix}{fill}{grouped}{rest}");
        }
        self.pad(&format!("{sign}{prefix}{grouped}{rest}"), '>')
    }

    fn grouped(&self, digits: &str, group: usize) -> String {
        let Some(separator) = self.grouping else {
            return digits.to_owned();
        };
        let mut grouped = String::new();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(group) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    fn pad(&self, text: &str, usual: char) -> String {
        let missing = self.width.saturating_sub(text.chars().count());
        let align = self.align.filter(|align| *align != '=').unwrap_or(usual);
        let before = match align {
            '<' => 0,
            '^' => missing / 2,
            _ => missing,
        };
        let fill = String::from(self.fill);
        fill.repeat(before) + text + &fill.repeat(missing - before)
    }
}

/// The letters of a specification that are not read yet.
struct Letters<'t>(&'t str);

impl Letters<'_> {
    /// Fill and alignment.
    fn alignment(&mut self) -> (Option<char>, Option<char>) {
        let mut letters = self.0.chars();
        let (first, second) = (letters.next(), letters.next());
        let is_align = |letter: &char| "<>=^".contains(*letter);
        if let Some((fill, align)) = first.zip(second.filter(is_align)) {
            self.0 = &self.0[fill.len_utf8() + 1..];
            return (Some(fill), Some(align));
        }
        (None, self.one_of("<>=^"))
    }

    fn one_of(&mut self, allowed: &str) -> Option<char> {
        let letter = self.0.chars().next()?;
        let found = allowed.contains(letter);
        self.0 = if found {
            &self.0[letter.len_utf8()..]
        } else {
            self.0
        };
        found.then_some(letter)
    }

    /// A number, if one follows; what is too large to be read is the largest there is.
    fn digits(&mut self) -> Option<usize> {
        let end = self.0.find(|letter: char| !letter.is_ascii_digit());
        let (digits, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        (!digits.is_empty()).then(|| digits.parse().unwrap_or(usize::MAX))
    }
}
