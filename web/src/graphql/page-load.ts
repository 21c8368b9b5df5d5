import type { Client } from "@urql/core";

/** What the loader of a page gets; it starts the page's query and does not wait for it. */
export interface PageLoad {
  readonly client: Client;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly search: URLSearchParams;
}
