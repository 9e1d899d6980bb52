//! "Did you mean …?": the known name that is closest to one that is not known.

/// How alike two names must be, from 0 to 1, for one to be suggested for the other: below this
/// suggestions are more often wrong than right.
const LEAST_LIKENESS: f64 = 0.8;

/// The same where the name may well be meant as it is.
const LEAST_LIKENESS_OF_TYPO: f64 = 0.9;

/// The name of `known` that is closest to `name`, if one is close.
pub(crate) fn closest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    closest_of(name, known, LEAST_LIKENESS)
}

/// The name of `known` that `name` is almost certainly a misspelling of.
pub(crate) fn misspelt<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    closest_of(name, known, LEAST_LIKENESS_OF_TYPO)
}

fn closest_of<'a>(name: &str, known: impl Iterator<Item = &'a str>, least: f64) -> Option<&'a str> {
    known
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= least)
        .max_by(|(a, first), (b, second)| a.total_cmp(b).then_with(|| second.cmp(first)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_close_name_is_suggested_and_a_far_one_is_not() {
        let known = ["vstack", "hstack", "heading"];
        assert_eq!(closest("vstak", known.into_iter()), Some("vstack"));
        assert_eq!(closest("quux", known.into_iter()), None);
    }
}
