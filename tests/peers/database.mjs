// The database of a run: made fresh, filled beyond the demo, given a role for the peer, and dropped.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { POSTGRES_URL } from "./settings.mjs";

const { Client } = createRequire(import.meta.url)("pg");

/** Runs SQL on a database; the rows of the last statement. */
export async function sql(url, text, values) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query(text, values);
    return (Array.isArray(result) ? result.at(-1) : result).rows;
  } finally {
    await client.end();
  }
}

/** The address of another database, or of another user, on the same server. */
function at(database, user, password) {
  const url = new URL(POSTGRES_URL);
  url.pathname = `/${database}`;
  if (user !== undefined) Object.assign(url, { username: user, password });
  return url.href;
}

/** A fresh database with a role of its own for the peer, and the way to be rid of both. */
export async function freshDatabase() {
  const name = `duban_peers_${randomBytes(4).toString("hex")}`;
  const password = randomBytes(12).toString("hex");
  const server = at("postgres");
  await sql(server, `CREATE DATABASE ${name}`);
  try {
    await sql(server, `CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
  } catch (error) {
    await sql(server, `DROP DATABASE ${name}`);
    throw error;
  }
  const drop = async () => {
    await sql(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await sql(server, `DROP ROLE IF EXISTS ${name}`);
  };
  return { name, url: at(name), peerUrl: at(name, name, password), role: name, drop };
}

/** Runs a file of SQL that lies beside; `:role` in it is the role of the peer. */
export async function runFile(database, file) {
  const text = await readFile(new URL(file, import.meta.url), "utf8");
  await sql(database.url, text.replaceAll(":role", database.role));
}

/** What PostgreSQL says of itself. */
export async function versionOf(database) {
  const [row] = await sql(database.url, "SELECT current_setting('server_version') AS version");
  return row.version;
}
