import { stringifyDocument, type DocumentInput } from "@urql/core";

/** The query text of a document. */
export function print(document: DocumentInput): string {
  return stringifyDocument(document);
}
