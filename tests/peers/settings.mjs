// What the benchmark is told by the environment, with what holds otherwise.
import { availableParallelism, tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

const number = (name, otherwise) => {
  const text = process.env[name] ?? "";
  const value = text === "" ? otherwise : Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`${name} is no number above zero: ${text}`);
  return value;
};

/** A path of this repository. */
export const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The program under test, a release build. */
export const DUBAN_BIN = process.env.DUBAN_BIN ?? "";
/** The plain handler; built with cargo where it is not named. */
export const PLAIN_BIN = process.env.PEERS_PLAIN_BIN ?? "";
/** The Node that runs PostGraphile, which asks for 22 or newer. */
export const PEER_NODE = process.env.PEERS_NODE ?? process.execPath;
/** A PostgreSQL on which databases and roles may be made. */
export const POSTGRES_URL = process.env.PEERS_POSTGRES_URL ?? "postgres://postgres@127.0.0.1:5432";

/** Seconds of each warm-up and of each measurement, and how often each is measured. */
export const WARM_SECONDS = number("PEERS_WARM_SECONDS", 3);
export const SECONDS = number("PEERS_SECONDS", 10);
export const ROUNDS = number("PEERS_ROUNDS", 3);
/** The same for writes, each of which needs a unit of its own: how many of those are made. */
export const WRITE_WARM_SECONDS = number("PEERS_WRITE_WARM_SECONDS", 1);
export const WRITE_SECONDS = number("PEERS_WRITE_SECONDS", 3);
export const COUNTIES = number("PEERS_COUNTIES", 30_000);
/** Connections of the generator, and its threads. */
export const CONNECTIONS = number("PEERS_CONNECTIONS", 32);
export const THREADS = number("PEERS_THREADS", 1);

export const CORES = availableParallelism();
/** Processes of PostGraphile, and the connections of each to the database. */
export const WORKERS = number("PEERS_WORKERS", CORES);
export const PEER_POOL = number("PEERS_POOL", 10);

/** The settings of what Duban remembers, as the environment names them, and what its answer cache is set to. */
const ANSWERS = "DUBAN_LIMITS__ANSWER_CACHE_BYTES";
const ROWS = "DUBAN_LIMITS__REMEMBERED_ROWS";
export const CACHE_ON = process.env.PEERS_ANSWER_CACHE ?? "16777216";

/** Duban as it is measured: as shipped but for its answers, with nothing remembered, and as shipped. */
export const DUBANS = [
  { key: "duban", title: "Duban", env: { [ANSWERS]: "0" } },
  { key: "bare", title: "Duban, nothing remembered", env: { [ANSWERS]: "0", [ROWS]: "0" } },
  { key: "cached", title: "Duban with answer cache", env: { [ANSWERS]: CACHE_ON } },
];

/** Where logs and scripts of a run lie; kept where PEERS_KEEP says so. */
export const WORK = tmpdir();
export const KEEPS = (process.env.PEERS_KEEP ?? "") !== "";
