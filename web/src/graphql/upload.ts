import { authorizedFetch } from "./session";

/** Largest file that the server takes, in bytes (32 MiB). */
export const LARGEST_FILE = 32 * 1024 * 1024;

/** What became of sending a file. */
export type Upload =
  | { readonly kind: "stored"; readonly uploadId: string }
  | { readonly kind: "refused"; readonly code: string; readonly message: string | null }
  | { readonly kind: "failed" };

/** Sends the bytes of a file; a file that is too large is not sent at all. */
export async function upload(file: File): Promise<Upload> {
  if (file.size > LARGEST_FILE) {
    return { kind: "refused", code: "DOCUMENT_TOO_LARGE", message: null };
  }
  try {
    const response = await authorizedFetch(`/uploads?name=${encodeURIComponent(file.name)}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: file,
    });
    return read(response.ok, await response.json());
  } catch {
    return { kind: "failed" };
  }
}

/** Reads the answer of the upload door; exported for its test. */
export function read(isStored: boolean, answer: unknown): Upload {
  if (typeof answer !== "object" || answer === null) return { kind: "failed" };
  const { uploadId, code, message } = answer as Record<string, unknown>;
  if (isStored && typeof uploadId === "string") return { kind: "stored", uploadId };
  if (isStored || typeof code !== "string") return { kind: "failed" };
  return { kind: "refused", code, message: typeof message === "string" ? message : null };
}
