// Duban as it is measured: the demo in PostgreSQL, purses that never run dry, a session that lasts.
import { join } from "node:path";
import { DUBAN_BIN } from "./settings.mjs";
import { run, start } from "./processes.mjs";

const PASSWORD = "yanshi-duban-2025";
const SIGN_IN =
  "mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }";

/** What is said to every `duban`. Jobs are off: nothing else is to run beside the load. */
function settings(folder, database) {
  return {
    DUBAN_DATABASE__URL: database.url,
    DUBAN_IDENTITY__KEY_FILE: join(folder, "duban.key"),
    DUBAN_IDENTITY__ACCESS_TOKEN_MINUTES: "60",
    DUBAN_IDENTITY__SESSION_IDLE_MINUTES: "600",
    DUBAN_LIMITS__PERSON_POINTS: "10000000",
    DUBAN_LIMITS__PERSON_POINTS_PER_SECOND: "10000000",
    DUBAN_LIMITS__REQUESTS_AT_ONCE: "1000",
    DUBAN_JOBS__ENABLED: "false",
    DUBAN_LOG__FILTER: "warn",
    LC_ALL: "C.UTF-8",
  };
}

/** Serves the demo, with further settings. */
export async function startDuban(named, folder, database, further = {}) {
  const env = { ...settings(folder, database), ...further };
  const command = commandOf("serve", "--demo", "--listen", "127.0.0.1:0");
  const server = await start(named, command, { env, cwd: folder, log: join(folder, `${named}.log`) });
  const ready = await fetch(`${server.url}/readyz`);
  if (!ready.ok) throw new Error(`${named}: /readyz answers ${ready.status}`);
  return server;
}

/** An access token of an account of the demo. */
export async function signIn(url, account) {
  const body = JSON.stringify({
    query: SIGN_IN,
    variables: { input: { account, password: PASSWORD } },
  });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/graphql`, { method: "POST", headers, body });
  const { data, errors } = await response.json();
  if (!data?.signIn?.accessToken) throw new Error(`${account}: ${JSON.stringify(data ?? errors)}`);
  return data.signIn.accessToken;
}

/** A command of the program. */
export const commandOf = (...words) => [DUBAN_BIN, ...words];

/** Fails where what is kept of figures is not what the measurements add up to. */
export async function verifyFigures(folder, database) {
  const env = settings(folder, database);
  await run(commandOf("rollup", "verify"), { env, cwd: folder });
}
