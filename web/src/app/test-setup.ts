import { cleanup } from "@testing-library/react";
import { afterEach, beforeAll } from "vitest";
import type { Area } from "../i18n/areas";
import { loadMessages } from "../i18n/messages";

const files = import.meta.glob("../i18n/zh-CN/*.ts");

beforeAll(async () => {
  const areas = Object.keys(files).map((path) => path.replace(/^.*\/(\w+)\.ts$/, "$1") as Area);
  await loadMessages(...areas);
});

afterEach(cleanup);

// jsdom lays nothing out, so there is nothing to scroll to.
Element.prototype.scrollIntoView = () => undefined;
