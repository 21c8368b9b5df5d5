import { useSyncExternalStore } from "react";
import { onSession, type SessionState, sessionState } from "./session";
import type { ViewerData } from "./session-documents";

/** The sign-in as it stands. */
export function useSession(): SessionState {
  return useSyncExternalStore(onSession, sessionState);
}

/** Who is signed in; null on the way out. */
export function useViewer(): ViewerData | null {
  const session = useSession();
  return session.kind === "signedIn" ? session.viewer : null;
}
