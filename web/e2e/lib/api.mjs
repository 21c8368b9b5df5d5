// Acts that a scene needs done before it begins, through the API as any caller does them.
import { PASSWORD } from "./browser.mjs";

/** Somebody signed in at the API: `ask(query, variables)` gives the data or throws. */
export async function caller(server, account) {
  const post = async (query, variables, token) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: server.url,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  const signIn =
    "mutation($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { message } } }";
  const { signIn: done } = await post(signIn, { input: { account, password: PASSWORD } });
  if (done.accessToken === null) throw new Error(`${account}: ${JSON.stringify(done.userErrors)}`);
  return { ask: (query, variables = {}) => post(query, variables, done.accessToken) };
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
