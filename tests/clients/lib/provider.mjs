// A provider of OpenID Connect, the certified `oidc-provider`, and a browser that goes there and back. What is
// ours is the page on which somebody types a name, and the list of those who may.
import assert from "node:assert/strict";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import Provider from "oidc-provider";

export const CLIENT = "duban";
export const SECRET = "a secret of client + provider, with & and % in it";

/** A port that is free now. */
export async function freePort() {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address();
  listener.close();
  await once(listener, "close");
  return port;
}

/** A key that the provider signs with. */
function signingKey(algorithm) {
  const [kind, options] = {
    RS256: ["rsa", { modulusLength: 2048 }],
    ES256: ["ec", { namedCurve: "P-256" }],
    EdDSA: ["ed25519", {}],
  }[algorithm];
  const { privateKey } = generateKeyPairSync(kind, options);
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg: algorithm, kid: randomUUID() };
}

/**
 * Starts a provider on this machine. `people` says what the claims of each subject are, and may change;
 * `server` is who is sent back to. `tellsAtOnce`: claims stand in the ID token, not at userinfo alone.
 * `hasPage`: who comes with nothing typed is shown a page to type on.
 */
export async function startProvider({
  people,
  server,
  port = 0,
  algorithm = "RS256",
  tellsAtOnce = false,
  hasPage = false,
}) {
  const listener = createServer();
  listener.listen(port, "127.0.0.1");
  await once(listener, "listening");
  const issuer = `http://127.0.0.1:${listener.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        client_secret: SECRET,
        redirect_uris: [`${server}/oidc/callback`],
        response_types: ["code"],
        grant_types: ["authorization_code"],
        id_token_signed_response_alg: algorithm,
      },
    ],
    jwks: { keys: [signingKey(algorithm)] },
    cookies: { keys: [randomUUID()] },
    claims: { openid: ["sub", "amr"], profile: ["preferred_username"] },
    conformIdTokenClaims: !tellsAtOnce,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client.clientId,
        accountId: oidc.session.accountId,
      });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  listener.on("request", (request, response) => {
    const { pathname, searchParams } = new URL(request.url, issuer);
    if (!pathname.startsWith("/interaction/")) return answer(request, response);
    if (hasPage && searchParams.size === 0) {
      return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(PAGE);
    }
    provider
      .interactionFinished(request, response, typed(searchParams))
      .catch((error) => response.writeHead(500).end(String(error)));
  });
  const stop = async () => {
    listener.closeAllConnections();
    listener.close();
    await once(listener, "close");
  };
  return { issuer, port: listener.address().port, stop };
}

/** The page of the provider: a name, and a way back. */
const PAGE = `<!doctype html><html lang="zh-CN"><link rel="icon" href="data:,"><title>统一认证</title>
<form><label>姓名 <input name="name"></label> <button>认证</button></form>
<form><button name="back" value="yes">返回</button></form></html>`;

/** What somebody typed on the page of the provider. */
function typed(form) {
  const accountId = form.get("name");
  if (accountId === null) return { error: "access_denied", error_description: "went back" };
  const amr = form.getAll("amr");
  return { login: { accountId, amr: amr.length === 0 ? ["pwd"] : amr } };
}

/** A browser: follows no answer by itself and keeps cookies, those of all ports of a host together. */
export class Browser {
  #cookies = new Map();

  /** The cookie of a name, as it would be sent to a path; undefined where there is none. */
  cookie(name, path = "/") {
    const found = [...this.#cookies.values()].filter(
      (one) => one.name === name && path.startsWith(one.path),
    );
    return found.sort((one, other) => other.path.length - one.path.length)[0]?.value;
  }

  /** Plants a cookie. */
  put(name, value, path = "/") {
    this.#cookies.set(`${name} ${path}`, { name, value, path });
  }

  /** Opens an address; the answer, with its cookies kept. */
  async open(address, init = {}) {
    const { pathname } = new URL(address);
    const sent = [...this.#cookies.values()].filter((one) => pathname.startsWith(one.path));
    const cookie = sent.map(({ name, value }) => `${name}=${value}`).join("; ");
    const headers = { accept: "text/html", ...init.headers, ...(cookie !== "" && { cookie }) };
    const response = await fetch(address, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) this.#keep(line, pathname);
    return response;
  }

  #keep(line, pathname) {
    const [pair, ...rest] = line.split(";").map((part) => part.trim());
    const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    const said = Object.fromEntries(
      rest.map((part) => {
        const [key, ...words] = part.split("=");
        return [key.toLowerCase(), words.join("=")];
      }),
    );
    const path = said.path ?? pathname;
    const isOver = said["max-age"] === "0" || Date.parse(said.expires ?? "") < Date.now();
    if (isOver) this.#cookies.delete(`${name} ${path}`);
    else this.put(name, value, path);
  }

  /** Where an address leads next. */
  async next(address) {
    const response = await this.open(address);
    const place = response.headers.get("location");
    assert.ok(place !== null, `${address} answers ${response.status}: ${await response.text()}`);
    return new URL(place, address).href;
  }

  /**
   * Signs in at the provider, where an address of it led; the address of ours to which it sends back.
   * `form` is what is typed there, `name` and `amr`; nothing where the person goes back.
   */
  async pass(address, form) {
    const { origin } = new URL(address);
    let place = address;
    for (let step = 0; step < 6; step += 1) {
      const { pathname } = new URL(place);
      const query = pathname.startsWith("/interaction/") ? `?${new URLSearchParams(form)}` : "";
      place = await this.next(`${place}${query}`);
      if (new URL(place).origin !== origin) return place;
    }
    throw new Error(`the provider goes in circles at ${place}`);
  }
}
