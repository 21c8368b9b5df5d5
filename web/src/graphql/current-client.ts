import type { Client } from "@urql/core";
import { createClient } from "./client";

let client = createClient();
const listeners = new Set<() => void>();

/** The client in use. */
export function currentClient(): Client {
  return client;
}

/** Starts over with an empty cache: another reader, or another language. */
export function resetClient(): void {
  client = createClient();
  for (const listener of listeners) listener();
}

/** Calls back at each new client; returns the way to stop. */
export function onClient(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
