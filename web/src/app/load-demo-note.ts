import { loadMessages } from "../i18n/messages";

/** The note of the demo with its words: fetched beside the first page, so that it does not push it down later. */
export async function loadDemoNote() {
  const [file] = await Promise.all([import("./DemoNote"), loadMessages("demo")]);
  return file;
}
