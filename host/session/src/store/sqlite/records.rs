//! Claiming a session and reading what is stored of it.

use std::sync::Arc;

use bytes::Bytes;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::failure::Failure;
use super::{blob, integer, number};
use crate::store::{Claim, Frame, Record};

/// Leases a session to `instance`, if need be `from` another one, inside a transaction.
pub(super) async fn claim(
    connection: &mut SqliteConnection,
    token: &str,
    instance: &str,
    from: Option<&str>,
) -> Result<Claim, Failure> {
    let known = sqlx::query("SELECT id, owner FROM session WHERE token = ?").bind(token);
    let Some(known) = known.fetch_optional(&mut *connection).await? else {
        return Ok(Claim::Unknown);
    };
    let (id, owner): (i64, Option<String>) = (known.try_get(0)?, known.try_get(1)?);
    match owner {
        Some(by) if by != instance && Some(by.as_str()) != from => Ok(Claim::Held { by }),
        owner => {
            let row = raise(connection, id, instance).await?;
            let record = record(connection, id, &row, owner.is_none()).await?;
            Ok(Claim::Given(record))
        }
    }
}

/// The frames of a session after a number.
pub(super) async fn frames(
    connection: &mut SqliteConnection,
    token: &str,
    after: u64,
) -> Result<Vec<Frame>, Failure> {
    let rows = sqlx::query(
        "SELECT number, bytes FROM frame \
         WHERE session = (SELECT id FROM session WHERE token = ?) AND number > ? ORDER BY number",
    )
    .bind(token)
    .bind(integer(after));
    let rows = rows.fetch_all(connection).await?;
    rows.iter().map(frame).collect()
}

async fn raise(
    connection: &mut SqliteConnection,
    id: i64,
    instance: &str,
) -> Result<SqliteRow, sqlx::Error> {
    sqlx::query(
        "UPDATE session SET generation = generation + 1, owner = ? WHERE id = ? \
         RETURNING generation, holder, head",
    )
    .bind(instance)
    .bind(id)
    .fetch_one(connection)
    .await
}

async fn record(
    connection: &mut SqliteConnection,
    id: i64,
    row: &SqliteRow,
    was_released: bool,
) -> Result<Record, Failure> {
    let fields = sqlx::query("SELECT name, bytes FROM field WHERE session = ?").bind(id);
    let fields = fields.fetch_all(&mut *connection).await?;
    let frames =
        sqlx::query("SELECT number, bytes FROM frame WHERE session = ? ORDER BY number").bind(id);
    let frames = frames.fetch_all(connection).await?;
    Ok(Record {
        generation: number(row.try_get(0)?)?,
        was_released,
        holder: row.try_get(1)?,
        head: blob(row, 2)?,
        fields: fields.iter().map(field).collect::<Result<_, _>>()?,
        frames: frames.iter().map(frame).collect::<Result<_, _>>()?,
    })
}

fn field(row: &SqliteRow) -> Result<(Arc<str>, Bytes), Failure> {
    Ok((row.try_get::<&str, _>(0)?.into(), blob(row, 1)?))
}

fn frame(row: &SqliteRow) -> Result<Frame, Failure> {
    Ok((number(row.try_get(0)?)?, blob(row, 1)?))
}
