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
