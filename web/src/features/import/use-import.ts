import { useState } from "react";
import { useMutation } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { ImportPlan } from "./mutations";
import { upload } from "../../graphql/upload";

type Payload = ResultOf<typeof ImportPlan>["importPlan"];
export type ImportedPlan = NonNullable<Payload["plan"]>;

/** What a person gives to import. */
export type Source =
  | { readonly kind: "file"; readonly file: File }
  | { readonly kind: "text"; readonly text: string };

/** Where an import stands. */
export type ImportState =
  | { readonly kind: "idle" }
  | { readonly kind: "uploading" }
  | { readonly kind: "reading" }
  /** The very same file is there already. */
  | { readonly kind: "known"; readonly plan: ImportedPlan }
  | { readonly kind: "refused"; readonly code: string; readonly message: string | null }
  | { readonly kind: "failed" };

/** Imports a source; `onNew` is called with a fresh draft, everything else is in the state. */
export function useImport(onNew: (plan: ImportedPlan) => void): {
  readonly state: ImportState;
  readonly start: (source: Source) => Promise<void>;
  readonly forget: () => void;
} {
  const [state, setState] = useState<ImportState>({ kind: "idle" });
  const [, execute] = useMutation(ImportPlan);

  const start = async (source: Source): Promise<void> => {
    let input: { uploadId: string } | { text: string };
    if (source.kind === "file") {
      setState({ kind: "uploading" });
      const sent = await upload(source.file);
      if (sent.kind !== "stored") {
        setState(sent);
        return;
      }
      input = { uploadId: sent.uploadId };
    } else input = { text: source.text };
    setState({ kind: "reading" });
    const { data } = await execute({ input });
    const ended = stateAfter(data?.importPlan);
    setState(ended.state);
    if (ended.fresh !== null) onNew(ended.fresh);
  };
  const forget = (): void => {
    setState({ kind: "idle" });
  };
  return { state, start, forget };
}

/** The state after the server's answer, and the draft when it is a new one. */
export function stateAfter(payload: Payload | undefined): {
  readonly state: ImportState;
  readonly fresh: ImportedPlan | null;
} {
  if (payload === undefined) return { state: { kind: "failed" }, fresh: null };
  const [error] = payload.userErrors;
  if (error !== undefined) {
    const { code, message } = error;
    return { state: { kind: "refused", code, message }, fresh: null };
  }
  if (payload.plan === null) return { state: { kind: "failed" }, fresh: null };
  if (!payload.isNew) return { state: { kind: "known", plan: payload.plan }, fresh: null };
  return { state: { kind: "reading" }, fresh: payload.plan };
}
