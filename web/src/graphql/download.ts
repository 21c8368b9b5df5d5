import { authorizedFetch } from "./session";

/** What became of asking for a file. */
export type Download =
  | { readonly kind: "saved" }
  /** The server says why not, in the language of the page. */
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "failed" };

/** Fetches a file as the person signed in, and hands it to the browser to be saved. */
export async function download(address: string): Promise<Download> {
  try {
    const response = await authorizedFetch(address);
    if (!response.ok) return refusal(await response.json());
    save(await response.blob(), nameOf(response.headers.get("content-disposition")));
    return { kind: "saved" };
  } catch {
    return { kind: "failed" };
  }
}

function refusal(answer: unknown): Download {
  const message = (answer as { readonly message?: unknown } | null)?.message;
  return typeof message === "string" ? { kind: "refused", message } : { kind: "failed" };
}

/** The name that the server gives a file, the one in any writing before the plain one. */
export function nameOf(disposition: string | null): string {
  const any = /filename\*=UTF-8''([^;]+)/iu.exec(disposition ?? "")?.[1];
  const plain = /filename="([^"]+)"/iu.exec(disposition ?? "")?.[1];
  return any === undefined ? (plain ?? "") : decodeURIComponent(any);
}

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
