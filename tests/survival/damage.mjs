/**
 * Changes what a store holds, behind the server's back. The server must not be running.
 *
 * A store is given as `{store, folder, ask}`: what `--store` takes, the folder of the app, and, of
 * Redis, the way to send it a command.
 */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";

/** No snapshot, no JSON, no text. */
const GARBAGE_HEX = "ff00c1c1fe";

const SQLITE = {
  head: `UPDATE session SET head = x'${GARBAGE_HEX}' WHERE token = ?`,
  field: `UPDATE field SET bytes = x'${GARBAGE_HEX}' WHERE name LIKE '%.count'
          AND session = (SELECT id FROM session WHERE token = ?)`,
  frames: `UPDATE frame SET bytes = x'${GARBAGE_HEX}'
           WHERE session = (SELECT id FROM session WHERE token = ?)`,
};

/** SQLite through Python: Node 20 has no library for it. Every statement must change something. */
const SCRIPT = `import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as connection:
    changed = connection.execute(sys.argv[2], (sys.argv[3],)).rowcount
sys.exit(0 if changed > 0 else "nothing was changed")
`;

/**
 * Puts garbage in place of a part of a session's record.
 *
 * @param {"head" | "field" | "frames" | "generation"} part the field is `count`
 */
export async function damage(place, token, part) {
  if (place.ask) return damageRedis(place.ask, token, part);
  execFileSync("python3", ["-c", SCRIPT, databaseIn(place.folder), SQLITE[part], token]);
}

async function damageRedis(ask, token, part) {
  const keys = (await ask("KEYS", `*${token}*`)).map((line) => line.trim());
  const record = keys.find((key) => key.endsWith(":s"));
  const stream = keys.find((key) => key.endsWith(":f"));
  const garbage = "\u0001 garbage";
  if (part === "head") return ask("HSET", record, "d", garbage);
  if (part === "generation") return ask("HSET", record, "g", garbage);
  if (part === "frames") return replaceKey(ask, stream, garbage);
  const fields = await ask("HKEYS", record);
  const count = fields.find((field) => field.endsWith(".count"));
  return ask("HSET", record, count, garbage);
}

/** A value of another type under the key. */
async function replaceKey(ask, key, value) {
  await ask("DEL", key);
  await ask("SET", key, value);
}

function databaseIn(folder) {
  const files = readdirSync(folder, { recursive: true });
  const found = files.filter((file) => /\.(db|sqlite3?)$/.test(file));
  if (found.length !== 1) throw new Error(`one database was expected among ${files}`);
  return path.join(folder, found[0]);
}
