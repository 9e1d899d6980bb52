//! Named limits: constants that say what they bound, why, and what happens when they are hit, so
//! that an operator can be shown all of them.
//!
//! Not here: any limit; each crate declares its own in its module `limits`.

use std::num::NonZeroUsize;
use std::time::Duration;

/// A limit as data.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// The constant's name.
    pub name: &'static str,
    /// Its value, in `unit`.
    pub value: fn() -> u128,
    /// What is counted: `bytes`, `ms`, `sessions` …
    pub unit: &'static str,
    /// The option that changes it; empty for one that is built in.
    pub setting: &'static str,
    /// What happens when it is hit: one sentence for an operator.
    pub when_hit: &'static str,
    /// Why it has this value: the constant's documentation, line by line.
    pub why: &'static str,
}

impl Limit {
    /// The value with its unit, as people write it: `256 KiB`, `1.5 s`, `10,000 sessions`.
    #[must_use]
    pub fn shown(&self) -> String {
        let value = (self.value)();
        match self.unit {
            "bytes" => scaled(
                value,
                &[(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")],
            ),
            "µs" => scaled(
                value,
                &[(60_000_000, "min"), (1_000_000, "s"), (1_000, "ms")],
            ),
            "ms" => scaled(value, &[(60_000, "min"), (1_000, "s")]),
            "s" => scaled(value, &[(3_600, "h"), (60, "min")]),
            _ => None,
        }
        .unwrap_or_else(|| format!("{} {}", grouped(value), self.unit))
    }
}

/// The value in the largest of the units in which it needs no more than half a one.
fn scaled(value: u128, units: &[(u128, &str)]) -> Option<String> {
    let fits = |size: u128| value >= size && (value * 2).is_multiple_of(size);
    let (size, unit) = units.iter().find(|(size, _)| fits(*size))?;
    let half = if (value / size) * size == value {
        ""
    } else {
        ".5"
    };
    Some(format!("{}{half} {unit}", grouped(value / size)))
}

/// The digits in groups of three.
fn grouped(value: u128) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What a limit's value may be: a number, or a length of time, which counts in microseconds.
pub trait Amount {
    /// The number.
    fn amount(self) -> u128;
}

impl Amount for u32 {
    fn amount(self) -> u128 {
        u128::from(self)
    }
}

impl Amount for u64 {
    fn amount(self) -> u128 {
        u128::from(self)
    }
}

impl Amount for usize {
    fn amount(self) -> u128 {
        self as u128
    }
}

impl Amount for NonZeroUsize {
    fn amount(self) -> u128 {
        self.get() as u128
    }
}

impl Amount for Duration {
    fn amount(self) -> u128 {
        self.as_micros()
    }
}

/// Declares constants as they stand there, and `TABLE`, which has each of them as a [`Limit`]. A
/// constant has its reason as documentation, and `#[limit(unit, what happens when it is hit)]`, with
/// `setting = "--option"` behind it where there is one.
#[macro_export]
macro_rules! limits {
    ($(
        $(#[doc = $why:literal])+
        #[limit($unit:literal, $when_hit:literal $(, setting = $setting:literal)? $(,)?)]
        $visible:vis const $name:ident: $kind:ty = $value:expr;
    )+) => {
        $(
            $(#[doc = $why])+
            $visible const $name: $kind = $value;
        )+

        /// The limits of this module, for those who run the server.
        pub const TABLE: &[$crate::Limit] = &[$(
            $crate::Limit {
                name: stringify!($name),
                value: || $crate::Amount::amount($name),
                unit: $unit,
                setting: [$($setting,)? ""][0],
                when_hit: $when_hit,
                why: concat!($($why, "\n"),+),
            },
        )+];
    };
}
