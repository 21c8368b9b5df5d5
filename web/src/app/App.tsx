import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { Provider } from "urql";
import { currentClient, onClient, resetClient } from "../graphql/current-client";
import { useViewer } from "../graphql/use-session";
import { usePreferences } from "../i18n/preferences";
import { router } from "./router";

/** Client and router; starts over with an empty cache for another reader or language. */
export function App() {
  const client = useSyncExternalStore(onClient, currentClient);
  const { locale } = usePreferences();
  const viewer = useViewer();
  const reader = `${locale} ${viewer?.account.id ?? ""}`;
  const before = useRef(reader);

  useEffect(() => {
    if (before.current === reader) return;
    before.current = reader;
    resetClient();
    router.invalidate().catch(() => undefined);
  }, [reader]);

  return (
    <Provider value={client}>
      <RouterProvider router={router} />
    </Provider>
  );
}
