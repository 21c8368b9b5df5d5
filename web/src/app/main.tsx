import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { currentSession } from "../graphql/session";
import { showPreferences } from "../i18n/preferences";

showPreferences();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showPreferences);
// Asked before anything is drawn; the router waits for the same answer, and reports its failure.
currentSession().catch(() => undefined);

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
