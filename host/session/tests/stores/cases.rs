//! What every store does, as data: steps, and what comes of each.
//!
//! The instances are called `first`, `second` and `third`, whatever their names are. Once one acts,
//! those before it may have ended.

use std::sync::Arc;

use bytes::Bytes;
use ferroflex_session::limits::RING_FRAMES_MAX;
use ferroflex_session::store::{Claim, Fields, Frame, Record, Saved, Write};

use crate::support::{change, frames, whole};

/// What is done, and what is to come of it.
pub(crate) enum Step {
    /// Writes in one go.
    Save(Vec<Write>, Vec<Saved>),
    /// A claim of session `t`, perhaps from another instance.
    Claim(Option<&'static str>, Claim),
    /// The frames of session `t` after a number.
    Frames(u64, Vec<Frame>),
    /// The removal of sessions.
    Remove(Vec<Arc<str>>),
    /// From now on the next instance acts.
    Next,
}

/// A name, and steps.
pub(crate) type Case = (&'static str, Vec<Step>);

/// All of them.
pub(crate) fn cases() -> Vec<Case> {
    let groups = [
        leases(),
        taken_leases(),
        bundles(),
        holders(),
        fields(),
        kept_frames(),
        held_frames(),
        records(),
    ];
    groups.into_iter().flatten().collect()
}

fn save(write: Write) -> Step {
    Step::Save(vec![write], vec![stored(None)])
}

fn stored(holder: Option<&str>) -> Saved {
    let holder = holder.map(str::to_owned);
    Saved::Stored { holder }
}

fn set(name: &str, bytes: &'static [u8]) -> (Arc<str>, Option<Bytes>) {
    (name.into(), Some(Bytes::from_static(bytes)))
}

/// A claim that is given, of a record with that generation and those fields.
fn given(generation: u64, was_released: bool, fields: Fields, frames: Vec<Frame>) -> Claim {
    let fields = fields.into_iter();
    Claim::Given(Record {
        generation,
        was_released,
        holder: None,
        head: Bytes::from_static(b"head"),
        fields: fields
            .filter_map(|(name, bytes)| Some((name, bytes?)))
            .collect(),
        frames,
    })
}

/// A claim that is given, of a record with that generation and nothing in it.
fn empty(generation: u64, was_released: bool) -> Claim {
    given(generation, was_released, vec![], vec![])
}

fn leases() -> Vec<Case> {
    let released = Write {
        release: true,
        ..whole(1)
    };
    vec![
        (
            "an unknown session is not given",
            vec![
                Step::Claim(None, Claim::Unknown),
                Step::Claim(Some("first"), Claim::Unknown),
                Step::Frames(0, vec![]),
            ],
        ),
        (
            "an instance may claim what it has",
            vec![save(whole(1)), Step::Claim(None, empty(2, false))],
        ),
        (
            "a lease that is free or one's own is given, whoever is named",
            vec![
                save(whole(1)),
                Step::Claim(Some("a stranger"), empty(2, false)),
                save(Write {
                    generation: 2,
                    ..released.clone()
                }),
                Step::Next,
                Step::Claim(Some("first"), empty(3, true)),
            ],
        ),
        (
            "a lease that was given back is given to others",
            vec![
                save(whole(1)),
                save(released),
                Step::Next,
                Step::Claim(None, empty(2, true)),
            ],
        ),
        (
            "a write of a newer generation is taken",
            vec![
                save(whole(1)),
                save(change(5)),
                Step::Claim(None, empty(6, false)),
            ],
        ),
    ]
}

fn taken_leases() -> Vec<Case> {
    let held = |by: &str| Claim::Held { by: by.to_owned() };
    let late = Write {
        head: Bytes::from_static(b"late"),
        fields: vec![set("late", b"x")],
        frames: frames([1]),
        ..whole(1)
    };
    let other = Write {
        token: "u".into(),
        ..whole(1)
    };
    vec![
        (
            "a lease is held until it is taken from whoever has it",
            vec![
                save(whole(1)),
                Step::Next,
                Step::Claim(None, held("first")),
                Step::Claim(Some("a stranger"), held("first")),
                Step::Claim(Some("first"), empty(2, false)),
            ],
        ),
        (
            "a lease is not taken from an instance that has it no more",
            vec![
                save(whole(1)),
                Step::Next,
                Step::Claim(Some("first"), empty(2, false)),
                Step::Next,
                Step::Claim(Some("first"), held("second")),
                Step::Claim(Some("second"), empty(3, false)),
            ],
        ),
        (
            "a write of an older generation changes nothing",
            vec![
                save(whole(1)),
                Step::Next,
                Step::Claim(Some("first"), empty(2, false)),
                Step::Save(vec![late.clone(), other], vec![Saved::Moved, stored(None)]),
                Step::Save(vec![late], vec![Saved::Moved]),
                Step::Claim(None, empty(3, false)),
            ],
        ),
    ]
}

fn bundles() -> Vec<Case> {
    let bundled = |token: &str, generation, bundle| Write {
        token: token.into(),
        fields: vec![set("field", b"x")],
        bundle,
        ..whole(generation)
    };
    let many = |generation| {
        vec![
            bundled("u", 1, 1),
            bundled("t", generation, 2),
            bundled("v", 1, 2),
            bundled("w", 1, 0),
        ]
    };
    let lost = Write {
        is_whole: false,
        ..bundled("gone", 1, 1)
    };
    let gone = vec![Saved::Gone, stored(None)];
    vec![
        (
            "what stands together is stored together",
            vec![
                Step::Save(many(1), vec![stored(None); 4]),
                Step::Claim(None, given(2, false, vec![set("field", b"x")], vec![])),
            ],
        ),
        (
            "where one of those that stand together is refused, all are, and nothing else",
            vec![
                save(whole(2)),
                Step::Save(
                    many(1),
                    vec![stored(None), Saved::Moved, Saved::Moved, stored(None)],
                ),
                Step::Save(vec![bundled("v", 1, 0)], vec![stored(None)]),
                Step::Save(
                    vec![bundled("t", 1, 1), bundled("v", 1, 1)],
                    vec![Saved::Moved, Saved::Moved],
                ),
                Step::Claim(None, given(3, false, vec![], vec![])),
            ],
        ),
        (
            "one that the store has lost does not keep the others from being stored",
            vec![
                Step::Save(vec![lost, bundled("t", 1, 1)], gone),
                Step::Claim(None, given(2, false, vec![set("field", b"x")], vec![])),
            ],
        ),
    ]
}

fn holders() -> Vec<Case> {
    let holds = |generation, holds| Write {
        holds,
        ..change(generation)
    };
    let told = |write, holder| Step::Save(vec![write], vec![stored(holder)]);
    let mut record = given(2, false, vec![], vec![]);
    if let Claim::Given(record) = &mut record {
        record.holder = Some("first".to_owned());
    }
    vec![(
        "who holds the socket is told to others",
        vec![
            save(Write {
                holds: Some(true),
                ..whole(1)
            }),
            save(change(1)),
            Step::Next,
            Step::Claim(Some("first"), record),
            told(holds(2, None), Some("first")),
            told(holds(2, Some(false)), Some("first")),
            told(
                Write {
                    is_whole: true,
                    ..holds(2, None)
                },
                Some("first"),
            ),
            told(holds(2, Some(true)), None),
            told(holds(2, Some(false)), None),
            Step::Claim(None, given(3, false, vec![], vec![])),
        ],
    )]
}

fn fields() -> Vec<Case> {
    let with = |write, fields| Write { fields, ..write };
    let long = Bytes::from(vec![7; 300_000]);
    let odd = vec![
        set("", b"unnamed"),
        set("Zustand.übung", b"\0\xff\r\n"),
        set("empty", b""),
        ("long".into(), Some(long)),
    ];
    vec![
        (
            "fields are set and removed one by one",
            vec![
                save(with(whole(1), vec![set("a", b"1"), set("b", b"1")])),
                save(with(
                    change(1),
                    vec![("a".into(), None), set("b", b"2"), set("c", b"3")],
                )),
                save(with(change(1), vec![("never".into(), None)])),
                Step::Claim(
                    None,
                    given(2, false, vec![set("b", b"2"), set("c", b"3")], vec![]),
                ),
            ],
        ),
        (
            "a whole write leaves nothing of what was",
            vec![
                save(with(whole(1), vec![set("a", b"1"), set("b", b"1")])),
                save(with(whole(1), vec![set("b", b"2"), ("c".into(), None)])),
                Step::Claim(None, given(2, false, vec![set("b", b"2")], vec![])),
            ],
        ),
        (
            "names and bytes may be anything",
            vec![
                save(with(whole(1), odd.clone())),
                Step::Claim(None, given(2, false, odd, vec![])),
            ],
        ),
    ]
}

fn kept_frames() -> Vec<Case> {
    let sent = |write, numbers: &[u64], frames_from| Write {
        frames: frames(numbers.iter().copied()),
        frames_from,
        ..write
    };
    let held = |after, numbers: &[u64]| Step::Frames(after, frames(numbers.iter().copied()));
    let again = Write {
        frames: vec![(2, Bytes::from_static(b"again"))],
        ..change(1)
    };
    let replaced = [frames([1]), again.frames.clone(), frames([3])].concat();
    vec![
        (
            "frames are held until they are not needed",
            vec![
                save(sent(whole(1), &[1, 2, 3, 4, 5], 0)),
                held(0, &[1, 2, 3, 4, 5]),
                held(2, &[3, 4, 5]),
                held(5, &[]),
                held(u64::MAX, &[]),
                save(sent(change(1), &[6], 3)),
                held(0, &[4, 5, 6]),
                Step::Claim(None, given(2, false, vec![], frames([4, 5, 6]))),
                save(sent(change(2), &[7, 8], 7)),
                held(0, &[8]),
                save(sent(change(2), &[], 8)),
                held(0, &[]),
            ],
        ),
        (
            "a write that is repeated does no harm",
            vec![
                save(sent(whole(1), &[1, 2], 0)),
                save(sent(change(1), &[3, 4], 1)),
                save(sent(change(1), &[3, 4], 1)),
                held(0, &[2, 3, 4]),
            ],
        ),
        (
            "frames take the place of those with their numbers and above",
            vec![
                save(sent(whole(1), &[1, 2, 3, 4], 0)),
                save(again),
                save(sent(change(1), &[3], 0)),
                Step::Frames(0, replaced),
            ],
        ),
        (
            "numbers may begin again lower",
            vec![
                save(sent(whole(1), &[50, 51], 0)),
                save(sent(change(1), &[1, 2], 0)),
                held(0, &[1, 2]),
                save(sent(change(1), &[], 2)),
                save(sent(change(1), &[1], 0)),
                held(0, &[1]),
                save(sent(change(1), &[1 << 40], 0)),
                held(0, &[1, 1 << 40]),
            ],
        ),
    ]
}

fn held_frames() -> Vec<Case> {
    let most = u64::try_from(RING_FRAMES_MAX).unwrap();
    let sent = |write, numbers| Write {
        frames: frames(numbers),
        ..write
    };
    vec![(
        "only so many frames are held",
        vec![
            save(sent(whole(1), 1..=most + 10)),
            Step::Frames(0, frames(11..=most + 10)),
            save(sent(change(1), most + 11..=most + 13)),
            Step::Frames(0, frames(14..=most + 13)),
            save(sent(change(1), most + 13..=most + 14)),
            Step::Frames(0, frames(15..=most + 14)),
        ],
    )]
}

fn records() -> Vec<Case> {
    let many = (0..200).map(|number| Write {
        token: format!("{number}").into(),
        ..whole(1)
    });
    let many: Vec<Write> = many.chain([whole(1), change(1)]).collect();
    let all_stored = vec![stored(None); many.len()];
    let full = Write {
        fields: vec![set("a", b"1")],
        frames: frames([5, 6]),
        ..whole(1)
    };
    vec![
        (
            "what has changed needs a record",
            vec![
                Step::Save(vec![change(3)], vec![Saved::Gone]),
                Step::Claim(Some("first"), Claim::Unknown),
                save(whole(3)),
                save(change(3)),
                Step::Claim(None, given(4, false, vec![], vec![])),
            ],
        ),
        (
            "many writes go together, and each has its answer",
            vec![
                Step::Save(many, all_stored),
                Step::Save(vec![], vec![]),
                Step::Claim(None, given(2, false, vec![], vec![])),
                Step::Save(
                    vec![
                        change(1),
                        change(2),
                        Write {
                            token: "none".into(),
                            ..change(1)
                        },
                    ],
                    vec![Saved::Moved, stored(None), Saved::Gone],
                ),
            ],
        ),
        (
            "a removed session leaves nothing",
            vec![
                save(full),
                save(Write {
                    token: "u".into(),
                    ..whole(1)
                }),
                Step::Remove(vec![]),
                Step::Next,
                Step::Remove(vec!["t".into(), "u".into(), "never".into()]),
                Step::Claim(Some("first"), Claim::Unknown),
                Step::Frames(0, vec![]),
                Step::Save(vec![change(1)], vec![Saved::Gone]),
                save(whole(1)),
                Step::Claim(None, given(2, false, vec![], vec![])),
            ],
        ),
    ]
}
