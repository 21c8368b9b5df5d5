// The server that tells the story of the demo, on 3 September 2025: what documents and examples are about.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const URL_OF_STORY = process.env.DUBAN_STORY_URL;
if (!URL_OF_STORY) throw new Error("run the tests with `npm test`");
export const ENDPOINT = `${URL_OF_STORY}/graphql`;
export const SOCKET = `${URL_OF_STORY.replace("http", "ws")}/graphql/ws`;

/** The password of every account of the demo. */
const PASSWORD = "yanshi-duban-2025";
const SIGN_IN =
  "mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { message } } }";

/** A path of this repository. */
export const inRepository = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Asks in the plainest way; the whole answer. */
export async function send(token, query, variables) {
  const headers = { "content-type": "application/json", "accept-language": "en" };
  if (token !== null) headers.authorization = `Bearer ${token}`;
  const body = JSON.stringify({ query, variables });
  const response = await fetch(ENDPOINT, { method: "POST", headers, body });
  return response.json();
}

/** An access token of an account of the demo. */
export async function signIn(account) {
  const { data } = await send(null, SIGN_IN, { input: { account, password: PASSWORD } });
  const { accessToken, userErrors } = data.signIn;
  if (accessToken === null) throw new Error(`${account}: ${JSON.stringify(userErrors)}`);
  return accessToken;
}

/** Asks as an account of the demo; refuses an answer with errors. */
export async function askAs(account, query, variables) {
  const { data, errors } = await send(await signIn(account), query, variables);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** A token of a service account of 郑州, made as the documents say. */
export async function apiToken() {
  const made = await run("bash", [inRepository("examples/shell/demo-token.sh")]);
  if (made.code !== 0) throw new Error(made.said);
  return made.out.trim();
}

/** Runs a program against the server: how it ended, and what it wrote. */
export function run(program, parameters, { env = {}, cwd } = {}) {
  const child = spawn(program, parameters, {
    cwd,
    env: { ...process.env, DUBAN_URL: URL_OF_STORY, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`${program} cannot be run: ${error.message}`)));
    child.on("close", (code) => resolve({ code, out, err, said: `${out}${err}` }));
  });
}

/** The Python with the packages of `requirements.txt`, which `scripts/test-clients.sh` installs. */
export const PYTHON = inRepository("tests/clients/.python/bin/python");
