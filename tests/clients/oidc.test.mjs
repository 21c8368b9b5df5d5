// Sign-in at the organisation's own provider, with a real one: the certified `oidc-provider`, on this machine.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { start } from "../../web/e2e/lib/server.mjs";
import { codeAt } from "../../web/e2e/lib/totp.mjs";
import { Browser, CLIENT, freePort, SECRET, startProvider } from "./lib/provider.mjs";

/** The password of every account of the demo. */
const PASSWORD = "yanshi-duban-2025";
const CALLBACK = "/oidc/callback";
const COOKIE = "duban_oidc";
const SESSION = "duban_refresh";
const REFRESH = "mutation { refreshSession { accessToken viewer { account { login } } } }";

/** Who is who at the provider; what it says of somebody may change. */
const people = {
  "s-officer": { preferred_username: "demo-officer" },
  "s-viewer": { preferred_username: "demo-viewer" },
  "s-verifier": { preferred_username: "demo-verifier" },
  "s-nobody": { preferred_username: "nobody-of-this-name" },
  "s-nameless": {},
  "s-program": { preferred_username: "sso-program" },
  "s-reader": { preferred_username: "sso-reader" },
  "s-auditor": { preferred_username: "sso-auditor" },
  "demo-leader": { preferred_username: "demo-verifier" },
};

let folder;
let port;
let server;
let provider;

async function startServer(settings = {}) {
  server = await start(
    folder,
    {
      DUBAN_SERVER__PUBLIC_URL: `http://127.0.0.1:${port}`,
      DUBAN_OIDC__ISSUER: provider.issuer,
      DUBAN_OIDC__CLIENT_ID: CLIENT,
      DUBAN_OIDC__CLIENT_SECRET: SECRET,
      DUBAN_OIDC__NAME_EN: "City staff sign-in",
      // What the jobs note would stand among the events that are looked at.
      DUBAN_JOBS__ENABLED: "false",
      ...settings,
    },
    port,
  );
}

async function restart(settings) {
  await server.stop();
  await startServer(settings);
}

/** The same provider with other keys. */
async function renewProvider(algorithm) {
  await provider.stop();
  const options = { people, server: `http://127.0.0.1:${port}`, tellsAtOnce: true, algorithm };
  provider = await startProvider({ ...options, port: provider.port });
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "duban-oidc-"));
  await cp(process.env.DUBAN_TEMPLATE, folder, { recursive: true });
  port = await freePort();
  provider = await startProvider({ people, server: `http://127.0.0.1:${port}` });
  await startServer();
});

after(async () => {
  await server?.stop();
  await provider?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

const at = (path) => `${server.url}${path}`;
const pathOf = (address) => address.replace(server.url, "");

/** Asks in the plainest way, as a browser with its cookies or with a token. */
async function ask({ browser = new Browser(), token }, query, variables) {
  const headers = {
    accept: "application/json",
    "content-type": "application/json",
    "accept-language": "en",
  };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const body = JSON.stringify({ query, variables });
  const response = await browser.open(at("/graphql"), { method: "POST", headers, body });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

/** Somebody who signs in by the password, and changes what must succeed. */
async function byPassword(account) {
  const query =
    "mutation($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }";
  const { signIn } = await ask({}, query, { input: { account, password: PASSWORD } });
  assert.deepEqual(signIn.userErrors, []);
  const token = signIn.accessToken;
  const change = async (name, input, fields) => {
    const kind = `${name[0].toUpperCase()}${name.slice(1)}Input`;
    const mutation = `mutation($input: ${kind}!) { ${name}(input: $input) { ${fields} userErrors { code } } }`;
    const answer = (await ask({ token }, mutation, { input }))[name];
    assert.deepEqual(answer.userErrors, [], name);
    return answer;
  };
  return { token, change, ask: (query, variables) => ask({ token }, query, variables) };
}

/** Who is signed in by the cookie of a browser; null for nobody. */
async function viewerOf(browser) {
  const { refreshSession } = await ask({ browser }, REFRESH);
  return refreshSession.viewer?.account.login ?? null;
}

/** Goes to the provider and comes back: the address with its answer. `bend` may change the way there. */
async function comeBack(browser, form, { start: path = "/oidc/start", bend = () => {} } = {}) {
  const there = new URL(await browser.next(at(path)));
  assert.equal(there.origin, provider.issuer);
  bend(there.searchParams);
  return browser.pass(there.href, form);
}

/** Signs in; the path to which that leads. */
async function signIn(browser, form, options) {
  return pathOf(await browser.next(await comeBack(browser, form, options)));
}

const as = (name, ...amr) => [["name", name], ...amr.map((one) => ["amr", one])];

/** The last events of the trail, as the auditor reads them. */
async function trail(last) {
  const auditor = await byPassword("demo-auditor");
  const { auditEvents } = await auditor.ask(
    "query($last: Int!) { auditEvents(first: $last) { edges { node { action outcome detail actor { login } } } } }",
    { last: last + 1 },
  );
  // The first is the sign-in of the auditor.
  return auditEvents.edges
    .slice(1)
    .map(({ node }) => ({ ...node, detail: JSON.parse(node.detail) }));
}

test("the sign-in page is told of it, in the language of the caller", async () => {
  const query = "{ instance { singleSignOn { name url } } }";
  const { instance } = await ask({}, query);
  assert.deepEqual(instance.singleSignOn, { name: "City staff sign-in", url: "/oidc/start" });
});

test("what goes to the provider is bound to the browser and to this sign-in", async () => {
  const browser = new Browser();
  const response = await browser.open(at("/oidc/start?return_to=/tasks"));
  assert.equal(response.status, 303);
  const [cookie] = response.headers.getSetCookie();
  assert.match(cookie, /^duban_oidc=[\w-]+; HttpOnly; SameSite=Lax; Path=\/; Max-Age=600$/);
  assert.equal(response.headers.get("cache-control"), "no-store");
  const { searchParams } = new URL(response.headers.get("location"));
  const said = Object.fromEntries(searchParams);
  assert.equal(said.response_type, "code");
  assert.equal(said.client_id, CLIENT);
  assert.equal(said.redirect_uri, at(CALLBACK));
  assert.equal(said.code_challenge_method, "S256");
  assert.equal(said.max_age, String(168 * 3600));
  for (const name of ["state", "nonce", "code_challenge"]) assert.equal(said[name].length, 43);
  assert.ok(!decodeURIComponent(cookie).includes(said.state), "sealed");
});

test("somebody comes in, is led to what was asked for, and is the account", async () => {
  const browser = new Browser();
  const options = { start: "/oidc/start?return_to=%2Ftasks%3Fplan%3D2025" };
  assert.equal(await signIn(browser, as("s-officer"), options), "/tasks?plan=2025");
  assert.equal(browser.cookie(COOKIE), undefined, "used up");
  assert.equal(await viewerOf(browser), "demo-officer");
  assert.equal(await viewerOf(browser), "demo-officer", "the session goes on");
  const [started, linked] = await trail(2);
  assert.equal(started.action, "session.started");
  assert.equal(started.detail.way, "OIDC");
  assert.equal(started.actor.login, "demo-officer");
  assert.deepEqual([linked.action, linked.detail.issuer], ["account.linked", provider.issuer]);
});

test("the second time the provider knows the browser, and the account is found by its link", async () => {
  const browser = new Browser();
  await signIn(browser, as("s-officer"));
  assert.equal(await signIn(browser, as("typed-by-nobody")), "/");
  assert.equal(await viewerOf(browser), "demo-officer");
  const events = (await trail(2)).map((event) => event.action);
  assert.deepEqual(events, ["session.started", "session.started"], "linked once");
});

test("a name that changes at the provider opens no other account", async () => {
  people["s-officer"].preferred_username = "demo-viewer";
  people["s-late"] = { preferred_username: "demo-officer" };
  const late = new Browser();
  assert.equal(await signIn(late, as("s-late")), "/sign-in?failed=REFUSED&to=%2F");
  assert.equal(await viewerOf(late), null);
  const browser = new Browser();
  await signIn(browser, as("s-officer"));
  assert.equal(await viewerOf(browser), "demo-officer");
  people["s-officer"].preferred_username = "demo-officer";
});

test("who has no account here, or one that may not sign in, is refused in the same words", async () => {
  const admin = await byPassword("demo-sysadmin");
  const program = { login: "sso-program", displayName: "演示·接口", departmentId: "HNAST" };
  await admin.change("createServiceAccount", program, "account { id }");
  const { accounts } = await admin.ask(
    '{ accounts(first: 1, filter: { text: "demo-verifier" }) { edges { node { id } } } }',
  );
  const accountId = accounts.edges[0].node.id;
  await admin.change("disableAccount", { accountId }, "account { id }");
  for (const name of ["s-nobody", "s-nameless", "s-program", "s-verifier"]) {
    const browser = new Browser();
    const options = { start: "/oidc/start?return_to=/tasks" };
    const place = await signIn(browser, as(name), options);
    assert.equal(place, "/sign-in?failed=REFUSED&to=%2Ftasks", name);
    assert.equal(browser.cookie(SESSION), undefined, name);
    assert.equal(await viewerOf(browser), null, name);
    const [refused] = await trail(1);
    assert.deepEqual([refused.action, refused.outcome], ["signInAtProvider", "REFUSED"], name);
    assert.deepEqual(refused.detail.errors, [{ code: "SIGN_IN_REFUSED" }], name);
  }
  await admin.change("enableAccount", { accountId }, "account { id }");
});

test("an account that is disabled after its link is refused, and open sessions end", async () => {
  const browser = new Browser();
  await signIn(browser, as("s-viewer"));
  assert.equal(await viewerOf(browser), "demo-viewer");
  const admin = await byPassword("demo-sysadmin");
  const { accounts } = await admin.ask(
    '{ accounts(first: 1, filter: { text: "demo-viewer" }) { edges { node { id } } } }',
  );
  const accountId = accounts.edges[0].node.id;
  await admin.change("disableAccount", { accountId }, "account { id }");
  assert.equal(await viewerOf(browser), null);
  assert.equal(await signIn(browser, as("s-viewer")), "/sign-in?failed=REFUSED&to=%2F");
  await admin.change("enableAccount", { accountId }, "account { id }");
  assert.equal(await signIn(browser, as("s-viewer")), "/");
  assert.equal(await viewerOf(browser), "demo-viewer");
});

test("an answer to another sign-in, or in another browser, is none", async () => {
  const browser = new Browser();
  const back = await comeBack(browser, as("s-officer"));
  const over = "/sign-in?failed=OVER&to=%2F";
  const forged = new URL(back);
  forged.searchParams.set("state", "x".repeat(43));
  assert.equal(pathOf(await browser.next(forged.href)), over, "state");
  forged.searchParams.delete("state");
  assert.equal(pathOf(await browser.next(forged.href)), over, "no state");
  const stranger = new Browser();
  assert.equal(pathOf(await stranger.next(back)), over, "no cookie");
  stranger.put(COOKIE, "invented");
  assert.equal(pathOf(await stranger.next(back)), over, "invented");
  const other = new Browser();
  await other.next(at("/oidc/start"));
  assert.equal(pathOf(await other.next(back)), over, "a cookie of its own");
  assert.equal(await viewerOf(other), null);
  assert.equal(pathOf(await browser.next(back)), "/", "the right one is as good as before");
  assert.equal(pathOf(await browser.next(back)), over, "once");
});

test("a token for another nonce, another proof and another provider prove nothing", async () => {
  const untrusted = "/sign-in?failed=UNTRUSTED&to=%2F";
  const replaced = (name, value) => ({ bend: (query) => query.set(name, value) });
  const nonce = new Browser();
  const other = replaced("nonce", "of-somebody-else");
  assert.equal(await signIn(nonce, as("s-officer"), other), untrusted, "nonce");
  assert.equal(await viewerOf(nonce), null);
  const proof = replaced("code_challenge", "x".repeat(43));
  assert.equal(await signIn(new Browser(), as("s-officer"), proof), untrusted, "PKCE");
  const [refused] = await trail(1);
  assert.deepEqual(refused.detail.errors, [{ code: "SIGN_IN_UNTRUSTED" }]);

  const browser = new Browser();
  const back = new URL(await comeBack(browser, as("s-officer")));
  const kept = browser.cookie(COOKIE);
  for (const issuer of ["https://elsewhere.example.org", null]) {
    browser.put(COOKIE, kept);
    const mixed = new URL(back);
    if (issuer === null) mixed.searchParams.delete("iss");
    else mixed.searchParams.set("iss", issuer);
    assert.equal(pathOf(await browser.next(mixed.href)), untrusted, `iss ${issuer}`);
  }
  browser.put(COOKIE, kept);
  const invented = new URL(back);
  invented.searchParams.set("code", "invented");
  assert.equal(pathOf(await browser.next(invented.href)), untrusted, "code");
});

test("who fails again and again has to wait, and passwords stay a way in", async () => {
  const wait = "/sign-in?failed=THROTTLED&to=%2F";
  let place;
  for (let attempt = 0; attempt < 12 && place !== wait; attempt += 1) {
    place = await signIn(new Browser(), as("s-nobody"));
  }
  assert.equal(place, wait);
  await byPassword("demo-officer");
  // The wait doubles from a second on; a success forgets it.
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && place !== "/") {
    await new Promise((resolve) => setTimeout(resolve, 500));
    place = await signIn(new Browser(), as("s-officer"));
  }
  assert.equal(place, "/");
});

test("who goes back at the provider is told so", async () => {
  const browser = new Browser();
  assert.equal(await signIn(browser, []), "/sign-in?failed=DENIED&to=%2F");
  assert.equal(await viewerOf(browser), null);
});

test("nobody is led away by what is asked for", async () => {
  for (const asked of [
    "//elsewhere.example.org",
    "https://elsewhere.example.org",
    "/.//elsewhere.example.org",
  ]) {
    const options = { start: `/oidc/start?return_to=${encodeURIComponent(asked)}` };
    assert.equal(await signIn(new Browser(), as("s-officer"), options), "/", asked);
  }
});

test("somebody who was only invited needs no password, and is active from then on", async () => {
  const admin = await byPassword("demo-sysadmin");
  const reader = { login: "sso-reader", displayName: "演示·统一认证", departmentId: "HNAST" };
  const invited = await admin.change("inviteAccount", reader, "account { id state }");
  assert.equal(invited.account.state, "INVITED");
  const security = await byPassword("demo-secadmin");
  const accountId = invited.account.id;
  const grant = { accountId, role: "VIEWER", departmentId: "HNAST", reach: "SUBTREE" };
  await security.change("grantRole", grant, "account { id }");
  const browser = new Browser();
  assert.equal(await signIn(browser, as("s-reader")), "/");
  assert.equal(await viewerOf(browser), "sso-reader");
  const { accounts } = await admin.ask(
    '{ accounts(first: 5, filter: { text: "sso-reader", state: [ACTIVE] }) { edges { node { state } } } }',
  );
  assert.deepEqual(accounts.edges, [{ node: { state: "ACTIVE" } }]);
});

test("an administrator still has a second step, whatever the provider says of its own", async () => {
  const admin = await byPassword("demo-sysadmin");
  const auditor = { login: "sso-auditor", displayName: "演示·审计", departmentId: "HNAST" };
  const { account } = await admin.change("inviteAccount", auditor, "account { id }");
  const security = await byPassword("demo-secadmin");
  const grant = { accountId: account.id, role: "AUDITOR", departmentId: "HNAST", reach: "SUBTREE" };
  await security.change("grantRole", grant, "account { id }");

  const waiting = async (browser) => {
    const options = { start: "/oidc/start?return_to=/audit" };
    const place = new URL(at(await signIn(browser, as("s-auditor", "otp"), options)));
    assert.equal(`${place.pathname}${place.search}`, "/sign-in?to=%2Faudit");
    assert.equal(browser.cookie(SESSION), undefined);
    assert.equal(await viewerOf(browser), null);
    return Object.fromEntries(new URLSearchParams(place.hash.slice(1)));
  };
  const browser = new Browser();
  const first = await waiting(browser);
  assert.equal(first.step, "ENROLMENT");
  const begin = `mutation($input: StartSignInEnrolmentInput!) {
    startSignInEnrolment(input: $input) { setup { secret } userErrors { code } } }`;
  const { challenge } = first;
  const begun = (await ask({ browser }, begin, { input: { challenge } })).startSignInEnrolment;
  assert.deepEqual(begun.userErrors, []);
  const confirm = `mutation($input: ConfirmSignInEnrolmentInput!) {
    confirmSignInEnrolment(input: $input) { viewer { account { login } } userErrors { code } } }`;
  const code = codeAt(begun.setup.secret, Date.now());
  const input = { challenge, code };
  const done = (await ask({ browser }, confirm, { input })).confirmSignInEnrolment;
  assert.deepEqual(done.userErrors, []);
  assert.equal(done.viewer.account.login, "sso-auditor");
  assert.equal(await viewerOf(browser), "sso-auditor");
  const [started] = await trail(1);
  assert.equal(started.detail.way, "OIDC", "how it began is known after the second step");

  assert.equal((await waiting(new Browser())).step, "CODE");
});

test("a fresh sign-in asks the person anew, though the provider knows the browser", async () => {
  const browser = new Browser();
  await signIn(browser, as("s-officer"));
  const start = "/oidc/start?fresh=true&return_to=/integrations";
  let asked;
  const bend = (query) => {
    asked = Object.fromEntries(query);
  };
  assert.equal(await signIn(browser, as("s-officer"), { start, bend }), "/integrations");
  assert.deepEqual([asked.prompt, asked.max_age], ["login", "0"]);
  assert.equal(await viewerOf(browser), "demo-officer");
});

test("keys that the provider renews are read anew, of each kind that is taken", async () => {
  for (const algorithm of ["ES256", "EdDSA", "RS256"]) {
    await renewProvider(algorithm);
    const browser = new Browser();
    assert.equal(await signIn(browser, as("s-officer")), "/", algorithm);
    assert.equal(await viewerOf(browser), "demo-officer", algorithm);
  }
});

test("the second factor of the provider counts where the settings say so", async () => {
  await restart({ DUBAN_OIDC__SECOND_FACTOR_VALUES: "hwk, otp" });
  const browser = new Browser();
  assert.equal(await signIn(browser, as("s-auditor", "pwd", "otp")), "/");
  assert.equal(await viewerOf(browser), "sso-auditor");
  assert.equal(await viewerOf(browser), "sso-auditor", "the session goes on");
  const weak = new Browser();
  assert.match(await signIn(weak, as("s-auditor", "pwd")), /^\/sign-in\?to=%2F#challenge=/);
});

test("sub names the account where the settings say so", async () => {
  await restart({ DUBAN_OIDC__ACCOUNT_CLAIM: "sub" });
  const browser = new Browser();
  assert.equal(await signIn(browser, as("demo-leader")), "/");
  assert.equal(await viewerOf(browser), "demo-leader");
});

test("without the provider passwords stay a way in", async () => {
  const browser = new Browser();
  const back = await comeBack(browser, as("s-officer"));
  await provider.stop();
  const unreachable = "/sign-in?failed=UNREACHABLE&to=%2F";
  assert.equal(pathOf(await browser.next(back)), unreachable, "on the way back");
  await restart();
  assert.equal(pathOf(await browser.next(at("/oidc/start"))), unreachable, "on the way there");
  await byPassword("demo-officer");
  provider = undefined;
});
