//! Writing one session, inside a transaction.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::failure::Failure;
use super::integer;
use crate::limits::RING_FRAMES_MAX;
use crate::store::{Saved, Write};

/// Changes a record that is there, unless its generation is newer.
const CHANGE: &str = "
    UPDATE session SET
        generation = ?2, owner = ?3, head = ?4, kept_until = ?5,
        holder = CASE WHEN ?6 THEN ?7 WHEN NOT ?6 AND holder = ?7 THEN NULL ELSE holder END
    WHERE token = ?1 AND generation <= ?2 RETURNING id, holder";

/// Makes a record.
const MAKE: &str = "
    INSERT INTO session (token, generation, owner, head, kept_until, holder)
    VALUES (?1, ?2, ?3, ?4, ?5, CASE WHEN ?6 THEN ?7 END) RETURNING id, holder";

/// Removes the frames that are not needed, those whose place new ones take, and of the others all
/// but so many.
const GIVE_WAY: &str = "
    DELETE FROM frame WHERE session = ?1 AND (
        number <= ?2 OR number >= ?3 OR number <= (
            SELECT number FROM frame WHERE session = ?1 AND number < ?3
            ORDER BY number DESC LIMIT 1 OFFSET ?4))";

/// Stores a write made by `instance` at `now`, in seconds.
pub(super) async fn save(
    connection: &mut SqliteConnection,
    write: &Write,
    instance: &str,
    now: i64,
) -> Result<Saved, Failure> {
    let row = match head(connection, CHANGE, write, instance, now).await? {
        Some(row) => row,
        None if is_there(connection, &write.token).await? => return Ok(Saved::Moved),
        None if !write.is_whole => return Ok(Saved::Gone),
        None => {
            let made = head(connection, MAKE, write, instance, now).await?;
            made.ok_or(sqlx::Error::RowNotFound)?
        }
    };
    contents(connection, write, instance, &row).await
}

async fn head(
    connection: &mut SqliteConnection,
    statement: &'static str,
    write: &Write,
    instance: &str,
    now: i64,
) -> Result<Option<SqliteRow>, sqlx::Error> {
    sqlx::query(statement)
        .bind(&*write.token)
        .bind(integer(write.generation))
        .bind((!write.release).then_some(instance))
        .bind(&write.head[..])
        .bind(now.saturating_add(integer(write.kept_s)))
        .bind(write.holds)
        .bind(instance)
        .fetch_optional(connection)
        .await
}

async fn is_there(connection: &mut SqliteConnection, token: &str) -> Result<bool, sqlx::Error> {
    let found = sqlx::query("SELECT 1 FROM session WHERE token = ?").bind(token);
    Ok(found.fetch_optional(connection).await?.is_some())
}

async fn contents(
    connection: &mut SqliteConnection,
    write: &Write,
    instance: &str,
    row: &SqliteRow,
) -> Result<Saved, Failure> {
    let (id, holder): (i64, Option<String>) = (row.try_get(0)?, row.try_get(1)?);
    fields(connection, write, id).await?;
    frames(connection, write, id).await?;
    let holder = holder.filter(|holder| holder != instance);
    Ok(Saved::Stored { holder })
}

async fn fields(
    connection: &mut SqliteConnection,
    write: &Write,
    id: i64,
) -> Result<(), sqlx::Error> {
    if write.is_whole {
        let all = sqlx::query("DELETE FROM field WHERE session = ?").bind(id);
        all.execute(&mut *connection).await?;
    }
    for (name, bytes) in &write.fields {
        let statement = match bytes {
            Some(bytes) => sqlx::query(
                "INSERT INTO field (session, name, bytes) VALUES (?1, ?2, ?3) \
                 ON CONFLICT DO UPDATE SET bytes = excluded.bytes",
            )
            .bind(id)
            .bind(&**name)
            .bind(&bytes[..]),
            None => sqlx::query("DELETE FROM field WHERE session = ? AND name = ?")
                .bind(id)
                .bind(&**name),
        };
        statement.execute(&mut *connection).await?;
    }
    Ok(())
}

async fn frames(
    connection: &mut SqliteConnection,
    write: &Write,
    id: i64,
) -> Result<(), sqlx::Error> {
    let new = write.kept_frames();
    let old = RING_FRAMES_MAX.saturating_sub(new.len());
    sqlx::query(GIVE_WAY)
        .bind(id)
        .bind(integer(write.frames_from))
        .bind(integer(write.replaced_from()))
        .bind(i64::try_from(old).unwrap_or(i64::MAX))
        .execute(&mut *connection)
        .await?;
    for (number, bytes) in new {
        sqlx::query("INSERT INTO frame (session, number, bytes) VALUES (?, ?, ?)")
            .bind(id)
            .bind(integer(*number))
            .bind(&bytes[..])
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
