// What every client does here: sign in, ask, be refused, and hear of a task that is handed out.

/** The server, and its endpoints. */
const base = process.env.DUBAN_URL;
if (!base) throw new Error("run the tests with `npm test`");
export const ENDPOINT = `${base}/graphql`;
export const STREAM = `${base}/graphql/stream`;
export const SOCKET = `${base.replace("http", "ws")}/graphql/ws`;

export const SIGN_IN =
  "mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }";
/** The officer of the demo, with the password that everybody knows. */
export const OFFICER = { input: { account: "demo-officer", password: "yanshi-duban-2025" } };

export const PLAN = "query Plan($id: ID!) { plan(id: $id) { year code } }";
export const PLAN_2025 = { id: "2025" };

/** Accounts are opened and closed by administrators: the officer may not. */
export const REFUSED =
  'mutation Refused { disableAccount(input: { accountId: "none" }) { userErrors { code } } }';

export const CHANGES =
  'subscription Changes { taskChanged(planCode: "2025") { action task { code } } }';

const HAND_OUT =
  "mutation HandOut($input: HandOutTasksInput!) { handOutTasks(input: $input) { rows { userErrors { code } } } }";

/** Asks in the plainest way. */
export async function ask(token, query, variables) {
  const headers = { "content-type": "application/json" };
  if (token !== null) headers.authorization = `Bearer ${token}`;
  const body = JSON.stringify({ query, variables });
  const response = await fetch(ENDPOINT, { method: "POST", headers, body });
  const { data, errors } = await response.json();
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** A token of the officer. */
export async function officer() {
  return (await ask(null, SIGN_IN, OFFICER)).signIn.accessToken;
}

/** Hands out the next task of the plan that is still a draft; returns its code. */
export async function handOutOne(token) {
  const { tasks } = await ask(
    token,
    'query { tasks(filter: { plan: "2025", state: [DRAFT] }, first: 1) { edges { node { id code version } } } }',
  );
  const { id, code, version } = tasks.edges[0].node;
  const later = new Date(Date.now() + 30 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  const rows = [{ taskId: id, expectedVersion: version, deadline: later }];
  const { handOutTasks } = await ask(token, HAND_OUT, { input: { rows } });
  if (handOutTasks.rows[0].userErrors.length > 0) throw new Error(JSON.stringify(handOutTasks));
  return code;
}

/**
 * What a subscription says first, of a task that is handed out once it listens. `listen` is given where
 * results go and returns the way to stop. When the server listens cannot be seen from outside, so tasks
 * are handed out until one is heard of.
 */
export async function firstChange(token, listen) {
  let stop;
  let timer;
  const codes = [];
  const heard = new Promise((resolve, reject) => {
    stop = listen({ next: resolve, error: reject });
    timer = setInterval(
      () => void handOutOne(token).then((code) => codes.push(code), reject),
      500,
    );
  });
  try {
    const result = await heard;
    const { action, task } = result.data.taskChanged;
    return { action, isOfOurs: codes.includes(task.code) || task.code.startsWith("2025-") };
  } finally {
    clearInterval(timer);
    stop();
  }
}
