// Calls Duban with an API token. Needs Node 20 or newer and no package.

const TRIES = 5;
const PASSING = new Set([429, 502, 503, 504]);

/** Waits. */
export const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** What a program is set up with, from the environment. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

/** The server answered with errors: `code` and `reason` are for programs, the message for people. */
export class Refused extends Error {
  readonly code: string;
  readonly reason: string | undefined;

  constructor(error: { message: string; extensions?: { code?: string; reason?: string } }) {
    const code = error.extensions?.code ?? "UNKNOWN";
    super(`${code}: ${error.message}`);
    this.code = code;
    this.reason = error.extensions?.reason;
  }
}

/** A server, and the token to call it with. */
export class Duban {
  readonly #endpoint: string;
  readonly #token: string;

  constructor(url = setting("DUBAN_URL"), token = setting("DUBAN_TOKEN")) {
    this.#endpoint = `${url.replace(/\/+$/, "")}/graphql`;
    this.#token = token;
  }

  /**
   * Runs an operation and gives its `data`. What may be over in a while is tried again: no answer, 429,
   * 502, 503 and 504. A mutation with an `idempotencyKey` may be repeated like that, for it is done once.
   */
  async run<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const body = JSON.stringify({ query, variables });
    for (let tried = 1; ; tried += 1) {
      const wait = 2 ** tried;
      let response: Response;
      try {
        response = await this.#send(body);
      } catch (error) {
        if (tried === TRIES) throw error;
        await sleep(wait);
        continue;
      }
      if (PASSING.has(response.status) && tried < TRIES) {
        await response.body?.cancel();
        await sleep(Number(response.headers.get("retry-after") ?? wait) || wait);
        continue;
      }
      const { data, errors } = await response.json();
      if (errors?.length) throw new Refused(errors[0]);
      return data;
    }
  }

  #send(body: string): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.#token}`,
      "content-type": "application/json",
      accept: "application/graphql-response+json",
      "accept-language": "en",
    };
    return fetch(this.#endpoint, { method: "POST", headers, body, signal: AbortSignal.timeout(30_000) });
  }

  /** The code of the unit that the token's account belongs to. */
  async office(): Promise<string> {
    type Data = { viewer: { account: { department: { code: string } } } };
    const query = "query Office { viewer { account { department { code } } } }";
    return (await this.run<Data>(query)).viewer.account.department.code;
  }
}
