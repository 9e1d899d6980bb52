//! Writing one session, inside a transaction.
//!
//! Every statement runs on a thread of its own, and the way there and back costs more than most of
//! them. So all statements of a write go there as one text, which depends on nothing but how many
//! rows there are: the same texts come again, and are prepared once.

use std::collections::HashSet;
use std::fmt::Write as _;

use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments};
use sqlx::{AssertSqlSafe, Row as _, SqliteConnection};

use super::failure::Failure;
use super::integer;
use crate::limits::RING_FRAMES_MAX;
use crate::store::{self, Saved, Write};

/// Changes a record that is there, unless its generation is newer. The record has the write's
/// generation then: the statements that follow do nothing where it has not.
const CHANGE: &str = "
    UPDATE session SET
        generation = $2, owner = $3, head = $4, kept_until = $5,
        holder = CASE WHEN $6 THEN $7 WHEN NOT $6 AND holder = $7 THEN NULL ELSE holder END
    WHERE token = $1 AND generation <= $2 RETURNING holder;";

/// The same, and makes a record where there is none. It has no fields but those that are written.
const MAKE: &str = "
    INSERT INTO session (token, generation, owner, head, kept_until, holder)
    VALUES ($1, $2, $3, $4, $5, CASE WHEN $6 THEN $7 END)
    ON CONFLICT (token) DO UPDATE SET
        generation = $2, owner = $3, head = $4, kept_until = $5,
        holder = CASE WHEN $6 THEN $7 WHEN NOT $6 AND holder = $7 THEN NULL ELSE holder END
    WHERE generation <= $2 RETURNING holder;
    DELETE FROM field
    WHERE session = (SELECT id FROM session WHERE token = $1 AND generation = $2);";

/// Removes the frames that are not needed, those whose place new ones take, and of the others all
/// but so many.
const GIVE_WAY: &str = "
    DELETE FROM frame
    WHERE session = (SELECT id FROM session WHERE token = $1 AND generation = $2) AND (
        number <= $8 OR number >= $9 OR number <= (
            SELECT old.number FROM session JOIN frame AS old ON old.session = session.id
            WHERE token = $1 AND old.number < $9
            ORDER BY old.number DESC LIMIT 1 OFFSET $10));";

/// What stands before and after the rows that are inserted: fields take the place of others.
const SET_FIELDS: [&str; 2] = [
    "INSERT INTO field (session, name, bytes) WITH new (key, bytes) AS (VALUES ",
    " ON CONFLICT DO UPDATE SET bytes = excluded.bytes;",
];
const ADD_FRAMES: [&str; 2] = [
    "INSERT INTO frame (session, number, bytes) WITH new (key, bytes) AS (VALUES ",
    ";",
];

/// Rows of one statement, which SQLite lets have so many arguments.
const ROWS_EACH: usize = 100;

/// Arguments of a text that is kept prepared: most writes have few, and no two of the others the
/// same number.
const PREPARED_ARGUMENTS: usize = 32;

/// The first argument that only some writes have.
const ROWS_FROM: usize = 11;

/// Where a write stands in its transaction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// It begins the transaction.
    pub(super) is_first: bool,
    /// It ends the transaction: what was written is on the disk.
    pub(super) is_last: bool,
}

/// Stores a write made by `instance` at `now`, in seconds.
pub(super) async fn save(
    connection: &mut SqliteConnection,
    write: &Write,
    place: Place,
    instance: &str,
    now: i64,
) -> Result<Saved, Failure> {
    let arguments = ROWS_FROM + 2 * (write.fields.len() + write.frames.len());
    let query = sqlx::query(AssertSqlSafe(text(write, place)));
    let query = query.persistent(arguments <= PREPARED_ARGUMENTS);
    let query = with_head(query, write, instance, now);
    let rows = with_rows(query, write).fetch_all(&mut *connection).await?;
    let Some(row) = rows.first() else {
        return refused(connection, &write.token).await;
    };
    let holder: Option<String> = row.try_get(0)?;
    let holder = holder.filter(|holder| holder != instance);
    Ok(Saved::Stored { holder })
}

/// The bundles that are not stored, since one of their records has a newer generation.
pub(super) async fn refused_bundles(
    connection: &mut SqliteConnection,
    writes: &[Write],
) -> Result<HashSet<u32>, Failure> {
    let mut newer = HashSet::new();
    for write in writes.iter().filter(|write| write.is_bundled()) {
        let found = sqlx::query("SELECT 1 FROM session WHERE token = ? AND generation > ?")
            .bind(&*write.token)
            .bind(integer(write.generation));
        if found.fetch_optional(&mut *connection).await?.is_some() {
            newer.insert(&write.token);
        }
    }
    Ok(store::refused_bundles(writes, |write| {
        newer.contains(&write.token)
    }))
}

/// Why nothing was written.
async fn refused(connection: &mut SqliteConnection, token: &str) -> Result<Saved, Failure> {
    let found = sqlx::query("SELECT 1 FROM session WHERE token = ?").bind(token);
    let found = found.fetch_optional(connection).await?;
    Ok(found.map_or(Saved::Gone, |_| Saved::Moved))
}

/// The statements. Nothing of what is written is part of them.
fn text(write: &Write, place: Place) -> String {
    let mut text = String::new();
    if place.is_first {
        text.push_str("BEGIN IMMEDIATE;");
    }
    text.push_str(if write.is_whole { MAKE } else { CHANGE });
    let set = set_fields(write).count();
    let removed = removed_fields(write).count();
    let (removed_from, frames_from) = (ROWS_FROM + 2 * set, ROWS_FROM + 2 * set + removed);
    insert(&mut text, SET_FIELDS, ROWS_FROM, set);
    remove_fields(&mut text, removed_from, removed);
    text.push_str(GIVE_WAY);
    insert(
        &mut text,
        ADD_FRAMES,
        frames_from,
        write.kept_frames().len(),
    );
    if place.is_last {
        text.push_str("COMMIT;");
    }
    text
}

/// Statements that insert so many pairs of arguments.
fn insert(text: &mut String, [head, tail]: [&str; 2], first: usize, count: usize) {
    for begin in (0..count).step_by(ROWS_EACH) {
        text.push_str(head);
        for number in begin..count.min(begin + ROWS_EACH) {
            let separator = if number == begin { "" } else { "," };
            let key = first + 2 * number;
            // Writing into a text does not fail.
            let _ = write!(text, "{separator}(${key},${})", key + 1);
        }
        text.push_str(
            ") SELECT session.id, new.key, new.bytes FROM session CROSS JOIN new \
             WHERE token = $1 AND generation = $2",
        );
        text.push_str(tail);
    }
}

fn remove_fields(text: &mut String, first: usize, count: usize) {
    for number in first..first + count {
        // Writing into a text does not fail.
        let _ = write!(
            text,
            "DELETE FROM field WHERE name = ${number} \
             AND session = (SELECT id FROM session WHERE token = $1 AND generation = $2);"
        );
    }
}

type Statements<'q> = Query<'q, Sqlite, SqliteArguments>;

/// The arguments that every write has.
fn with_head<'q>(
    query: Statements<'q>,
    write: &'q Write,
    instance: &'q str,
    now: i64,
) -> Statements<'q> {
    let old = RING_FRAMES_MAX.saturating_sub(write.kept_frames().len());
    query
        .bind(&*write.token)
        .bind(integer(write.generation))
        .bind((!write.release).then_some(instance))
        .bind(&write.head[..])
        .bind(now.saturating_add(integer(write.kept_s)))
        .bind(write.holds)
        .bind(instance)
        .bind(integer(write.frames_from))
        .bind(integer(write.replaced_from()))
        .bind(i64::try_from(old).unwrap_or(i64::MAX))
}

/// The arguments from [`ROWS_FROM`] on.
fn with_rows<'q>(mut query: Statements<'q>, write: &'q Write) -> Statements<'q> {
    for (name, bytes) in set_fields(write) {
        query = query.bind(name).bind(bytes);
    }
    for name in removed_fields(write) {
        query = query.bind(name);
    }
    for (number, bytes) in write.kept_frames() {
        query = query.bind(integer(*number)).bind(&bytes[..]);
    }
    query
}

fn set_fields(write: &Write) -> impl Iterator<Item = (&str, &[u8])> {
    let fields = write.fields.iter();
    fields.filter_map(|(name, bytes)| Some((&**name, bytes.as_deref()?)))
}

fn removed_fields(write: &Write) -> impl Iterator<Item = &str> {
    let fields = write.fields.iter();
    fields.filter_map(|(name, bytes)| bytes.is_none().then_some(&**name))
}
