// Starts the programs that are measured, waits until they say where they listen, and ends them.
import { spawn } from "node:child_process";
import { openSync, readdirSync, readFileSync } from "node:fs";

const START_MS = 300_000;
const STOP_MS = 15_000;
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/;

/** Those that run; all of them are ended by `stopAll`. */
const running = new Set();

/**
 * Starts a program whose words go to a file, and resolves once it has said where it listens. `named` is what
 * it is called in messages.
 */
export async function start(named, [program, ...words], { env = {}, cwd, log }) {
  const file = openSync(log, "w");
  const child = spawn(program, words, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", file, file],
  });
  const server = { named, pid: child.pid, url: "", log, stop: () => stop(server, child) };
  running.add(server);
  let ended;
  child.on("error", (error) => (ended = error.message));
  child.on("exit", (code, signal) => (ended ??= `ended with ${code ?? signal}`));
  const late = Date.now() + START_MS;
  while (server.url === "") {
    const said = readFileSync(log, "utf8");
    server.url = ADDRESS.exec(said)?.[0] ?? "";
    if (ended !== undefined) throw new Error(`${named}: ${ended}\n${said}`);
    if (Date.now() > late) throw new Error(`${named} does not say where it listens:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return server;
}

/** Asks a program to end and waits; one that does not is killed. */
function stop(server, child) {
  running.delete(server);
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    child.on("exit", () => {
      clearTimeout(late);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/** Ends whatever still runs. */
export async function stopAll() {
  await Promise.all([...running].map((server) => server.stop()));
}

/** Runs a program to its end; what it wrote. One that fails is an error. */
export function run([program, ...words], { env = {}, cwd } = {}) {
  const child = spawn(program, words, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`${program} cannot be run: ${error.message}`)));
    child.on("close", (code) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${program} ${words.join(" ")} ended with ${code}:\n${err}${out}`));
    });
  });
}

/** What a process and those it has begun come to, each measured by `of`. */
function withChildren(pid, of) {
  const begun = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  const children = begun === "" ? [] : begun.split(/\s+/);
  return children.reduce((sum, child) => sum + withChildren(child, of), of(pid));
}

/** KiB that a process and those it has begun hold in memory, as Linux counts them. */
export function resident(pid) {
  return withChildren(pid, (one) =>
    Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/status`, "utf8"))?.[1] ?? 0),
  );
}

/** Milliseconds of processor that a process has used so far; Linux counts hundredths of a second. */
function used(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Milliseconds of processor that a server has used so far, with the processes it has begun. */
export const processor = (pid) => withChildren(pid, used);

/**
 * The same of the connections of PostgreSQL to a database while something runs, where it runs on this machine:
 * looked at time and again, for a connection that was closed tells nothing any more.
 */
export async function processorOfDatabase(name, act) {
  const before = usedByConnections(name);
  const last = new Map();
  const look = () => {
    for (const [pid, time] of usedByConnections(name)) last.set(pid, time);
  };
  const timer = setInterval(look, 200);
  try {
    await act();
  } finally {
    clearInterval(timer);
  }
  look();
  return [...last].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0);
}

function usedByConnections(name) {
  const found = new Map();
  for (const pid of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
    try {
      const title = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      if (title.startsWith("postgres: ") && title.includes(` ${name} `)) found.set(pid, used(pid));
    } catch {
      // It has ended since its name was read.
    }
  }
  return found;
}
