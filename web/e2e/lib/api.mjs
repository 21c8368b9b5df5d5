// The API by itself, for what a test needs before its page is opened.
import { PASSWORD } from "./browser.mjs";

const SIGN_IN =
  "mutation($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { message } } }";

/** Somebody at the API: asks, and changes with a list of what the user could mend. */
export async function caller(server, account) {
  const input = { account, password: PASSWORD };
  const signedIn = await send(server, null, SIGN_IN, { input });
  const token = signedIn.signIn.accessToken;
  const ask = (query, variables = {}) => send(server, token, query, variables);
  const change = async (name, given, fields) => {
    const kind = `${name[0].toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation($input: ${kind}!) { ${name}(input: $input) {
      ${fields} userErrors { code message } } }`;
    return (await ask(query, { input: given }))[name];
  };
  return { ask, change };
}

async function send(server, token, query, variables) {
  const headers = { "content-type": "application/json", origin: server.url };
  if (token !== null) headers.authorization = `Bearer ${token}`;
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${server.url}/graphql`, { method: "POST", headers, body });
  const { data, errors } = await response.json();
  if (data == null || errors !== undefined) {
    throw new Error(`${response.status} ${JSON.stringify(errors)}`);
  }
  return data;
}

/** Hands tasks out with one deadline, as the officer does. */
export async function handOut(officer, codes, deadline) {
  const rows = [];
  for (const code of codes) {
    const { task } = await officer.ask("query($id: ID!) { task(id: $id) { version state } }", {
      id: code,
    });
    if (task.state === "DRAFT") {
      rows.push({ taskId: code, expectedVersion: task.version, deadline });
    }
  }
  const mutation =
    "mutation($input: HandOutTasksInput!) { handOutTasks(input: $input) { rows { userErrors { message } } userErrors { message } } }";
  await officer.ask(mutation, { input: { rows } });
}

/** Issues a notice on a task, unless one waits; returns its number in addresses. */
export async function issueNotice(officer, code) {
  const { task } = await officer.ask(
    "query($id: ID!) { task(id: $id) { notices { edges { node { code state } } } } }",
    { id: code },
  );
  const known = task.notices.edges[0]?.node;
  if (known !== undefined) return known.code;
  const mutation =
    "mutation($input: IssueNoticesInput!) { issueNotices(input: $input) { rows { notice { code } userErrors { message } } } }";
  const rows = [{ taskId: code, text: "请说明进展和下一步安排，并附佐证材料。" }];
  const { issueNotices } = await officer.ask(mutation, { input: { rows } });
  return issueNotices.rows[0].notice.code;
}
