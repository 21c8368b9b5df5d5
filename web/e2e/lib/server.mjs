// Starts and stops the program under test, each time on a database of its own.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";

/** Making the demo database hashes a password for each account; on a busy machine that takes a while. */
const START_MS = 120_000;
const STOP_MS = 15_000;

/** Makes the demo database once, so that each test file only copies it. */
export async function prepareTemplate(work) {
  const folder = join(work, "template");
  await mkdir(folder);
  const server = await start(folder);
  await server.stop();
}

/**
 * A server of one's own on a fresh copy of the demo database. With `prepare` on one made in 2025, the
 * time of the demo, when it does what must have begun some time ago. Where the story is to be told, the
 * database begins with it.
 */
export async function startServer(prepare, settings = {}, port = 0) {
  const folder = await serverFolder();
  const hasStory = settings.DUBAN_DEMO_STORY === "true";
  if (prepare === undefined && !hasStory) {
    await cp(join(process.env.DUBAN_E2E_DIR, "template"), folder, { recursive: true });
  } else if (prepare !== undefined) {
    const earlier = await start(folder, { DUBAN_DEMO_CLOCK: "true" });
    await prepare(earlier);
    await earlier.stop();
  }
  return start(folder, settings, port);
}

/** A folder for a server that is started more than once. */
export function serverFolder() {
  const work = process.env.DUBAN_E2E_DIR;
  if (!work) throw new Error("run the tests with `npm run e2e`");
  return mkdtemp(join(work, "server-"));
}

/** Starts the program on the database in a folder; resolves when it answers. Port 0 is any that is free. */
export async function start(folder, settings = {}, port = 0) {
  const child = spawn(process.env.DUBAN_BIN, ["serve", "--demo", "--listen", `127.0.0.1:${port}`], {
    cwd: folder,
    env: {
      ...process.env,
      DUBAN_DATABASE__URL: `sqlite://${join(folder, "duban.db")}`,
      DUBAN_IDENTITY__KEY_FILE: join(folder, "duban.key"),
      DUBAN_DEMO_STORY: "false",
      LC_ALL: "C.UTF-8",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`no address after ${START_MS} ms:\n${said}`)),
      START_MS,
    );
    const listen = (chunk) => {
      said += chunk;
      const place = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (place === undefined) return;
      clearTimeout(late);
      resolve(place);
    };
    child.stdout.setEncoding("utf8").on("data", listen);
    child.stderr.setEncoding("utf8").on("data", listen);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`the program ended with code ${code}:\n${said}`));
    });
  });
  const ready = await fetch(`${url}/readyz`);
  if (!ready.ok) throw new Error(`/readyz answers ${ready.status}`);
  return { url, folder, stop: () => stop(child), said: () => said };
}

/** Asks the program to end and waits; a program that does not is a failure. */
function stop(child) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error("the program did not end when asked to"));
    }, STOP_MS);
    child.removeAllListeners("exit");
    child.on("exit", () => {
      clearTimeout(late);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
