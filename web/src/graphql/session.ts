import { type RequestBody, sendShort } from "./documents";
import type { ResultOf } from "./graphql";
import { RefreshSession, SignOut, type ViewerData } from "./session-documents";
import { print } from "./print";

/** Where the sign-in stands: not yet asked, nobody, or somebody. */
export type SessionState =
  | { readonly kind: "unknown" }
  /** `hasLeft`: signed out by a person's own act, so nothing is to be resumed. */
  | { readonly kind: "nobody"; readonly hasLeft: boolean }
  | { readonly kind: "signedIn"; readonly viewer: ViewerData };

/** What `signIn` and `refreshSession` answer. */
export type SessionPayload = ResultOf<typeof RefreshSession>["refreshSession"];

/** Seconds before its end at which a token is no longer used. */
const MARGIN_SECONDS = 20;

let state: SessionState = { kind: "unknown" };
let token: { readonly text: string; readonly endsAt: number } | null = null;
let isLeaving = false;
let asking: Promise<SessionState> | null = null;
const listeners = new Set<() => void>();

/** The sign-in as it stands; stays the same object until it changes. */
export function sessionState(): SessionState {
  return state;
}

/** Calls back at each change; returns the way to stop. */
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function enter(next: SessionState): SessionState {
  state = next;
  for (const listener of listeners) listener();
  return next;
}

/** Takes over the token and viewer of an answer; without a token nobody is signed in. */
export function acceptSession(payload: SessionPayload): SessionState {
  if (payload.accessToken === null || payload.viewer === null) return forgetSession();
  const endsAt = Date.now() + (payload.expiresIn ?? 60) * 1000;
  token = { text: payload.accessToken, endsAt };
  const isSame =
    state.kind === "signedIn" && JSON.stringify(state.viewer) === JSON.stringify(payload.viewer);
  return isSame ? state : enter({ kind: "signedIn", viewer: payload.viewer });
}

/** Forgets who was signed in. */
export function forgetSession(hasLeft = false): SessionState {
  token = null;
  return enter({ kind: "nobody", hasLeft });
}

/** Asks the server who is signed in, once for all who call meanwhile. */
export function refreshSession(): Promise<SessionState> {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

async function ask(): Promise<SessionState> {
  const request = { query: print(RefreshSession), operationName: "RefreshSession" };
  const response = await sendShort(request, (body) =>
    fetch("/graphql", {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json", "accept-language": language() },
      body,
    }),
  );
  const answer = (await response.json()) as { data?: ResultOf<typeof RefreshSession> | null };
  const payload = answer.data?.refreshSession;
  if (payload === undefined || payload === null) {
    if (response.status >= 500) throw new Error(`refreshSession: HTTP ${response.status}`);
    return forgetSession();
  }
  return acceptSession(payload);
}

/** The session, asked of the server at the first call. */
export async function currentSession(): Promise<SessionState> {
  return state.kind === "unknown" ? refreshSession() : state;
}

/** A token that still lives for a moment, renewed where needed; null when nobody is signed in. */
export async function liveToken(): Promise<string | null> {
  if (token === null) return null;
  if (token.endsAt - Date.now() < MARGIN_SECONDS * 1000) await refreshSession();
  return token?.text ?? null;
}

/** Whether pages are read for somebody: not for nobody, and not for whoever is on the way out. */
export function readsForSomebody(): boolean {
  return state.kind === "signedIn" && !isLeaving;
}

/** Ends the session on the server and here. */
export async function signOut(): Promise<void> {
  isLeaving = true;
  try {
    await authorizedFetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: print(SignOut), operationName: "SignOut" }),
    });
  } finally {
    isLeaving = false;
    forgetSession(true);
  }
}

function language(): string {
  return document.documentElement.lang === "en" ? "en" : "zh-CN";
}

/**
 * `fetch` as the person signed in, in the language of the page. When the server says that the
 * token has run out, it is renewed once and the request sent again.
 */
export async function authorizedFetch(
  input: RequestInfo | URL,
  init: RequestInit = {},
): Promise<Response> {
  const send = async (): Promise<Response> => {
    const bearer = await liveToken();
    const headers = new Headers(init.headers);
    headers.set("accept-language", language());
    if (bearer !== null) headers.set("authorization", `Bearer ${bearer}`);
    const all: RequestInit = { ...init, headers, credentials: "same-origin" };
    if (input !== "/graphql" || typeof init.body !== "string") return fetch(input, all);
    const request = JSON.parse(init.body) as RequestBody;
    return sendShort(request, (body) => fetch(input, { ...all, body }));
  };
  const first = await send();
  const text = await first.clone().text();
  if (!text.includes('"UNAUTHENTICATED"')) return first;
  const after = await refreshSession();
  return after.kind === "signedIn" ? send() : first;
}
