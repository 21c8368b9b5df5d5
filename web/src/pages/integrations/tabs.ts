import type { ReactNode } from "react";
import { Examples } from "../../features/access/examples/Examples";
import { Usage } from "../../features/access/usage/Usage";
import type { Areas } from "../../i18n/areas";
import { TokensTab } from "./TokensTab";
import { WebhooksTab } from "./WebhooksTab";

type Word = keyof Areas["integrations"];

/** A part of the page. */
interface Tab {
  /** In the address, `?tab=…`; its name is the word `tab.<key>` of the area `integrations`. */
  readonly key: Word extends infer Key ? (Key extends `tab.${infer Name}` ? Name : never) : never;
  readonly Panel: () => ReactNode;
  /** Only for those who hold it: the server refuses the others. */
  readonly permission?: string;
}

/** The parts of the page in their order, the first without a parameter; one more is a line here and its word. */
export const TABS: readonly [Tab, ...Tab[]] = [
  { key: "tokens", Panel: TokensTab },
  { key: "webhooks", Panel: WebhooksTab, permission: "token.manage" },
  { key: "usage", Panel: Usage, permission: "token.manage" },
  { key: "examples", Panel: Examples },
];
