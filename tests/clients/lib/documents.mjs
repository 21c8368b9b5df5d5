// The documents of the API, with what in them is run: operations, and commands.
import { readFile, readdir } from "node:fs/promises";
import { inRepository } from "./story.mjs";

const FENCE = /(?:^<!-- (.*?) -->\n)?^```(\w+)\n([\s\S]*?)^```$/gm;

/**
 * The steps of a document, in order. Above the fence of an operation or of commands stands a comment that says
 * how it is run: `run ACCOUNT`, `run token`, `run nobody`, `listen ACCOUNT`, or `run` for commands. After a `;`
 * it may keep a part of the answer for later: `keep NAME path.to.it`. JSON below it is its variables, then what
 * stands in its answer; below commands, JSON is what they write, and CSV are lines of it. Python is compiled.
 */
export async function documents() {
  const folder = inRepository("docs/api");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".md")).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(`${folder}/${name}`, "utf8");
      return { name, text, steps: stepsOf(name, text) };
    }),
  );
}

function stepsOf(name, text) {
  const steps = [];
  for (const { 1: comment = "", 2: language, 3: content, index } of text.matchAll(FENCE)) {
    const line = text.slice(0, index).split("\n").length;
    if (language === "json") {
      const step = steps.at(-1);
      const json = JSON.parse(content);
      const isAnswer = step?.language === "sh" || "data" in json || "errors" in json;
      if (isAnswer) step.answer = json;
      else step.variables = json;
    } else if (language === "csv") {
      steps.at(-1).lines = content.trim().split("\n");
    } else if (["graphql", "python"].includes(language) || comment.startsWith("run")) {
      steps.push({ at: `${name}:${line}`, language, content, ...howToRun(comment) });
    }
  }
  return steps;
}

function howToRun(comment) {
  const [how, ...rest] = comment.split(";").map((part) => part.trim());
  const [act, as] = how.split(" ");
  const keep = rest.map((part) => /^keep (\w+) (\S+)$/.exec(part)).map(([, name, path]) => ({ name, path }));
  return { act, as, keep };
}

/** What stands at a path such as `recordMeasurements.rows.0.measurement`. */
export const at = (value, path) => path.split(".").reduce((inner, key) => inner?.[key], value);

/** Puts what was kept in place of `"$NAME"`. */
export function filled(variables, kept) {
  return JSON.parse(JSON.stringify(variables ?? {}), (_, value) => {
    const name = typeof value === "string" && /^\$([A-Z]+)$/.exec(value)?.[1];
    if (!name) return value;
    if (!(name in kept)) throw new Error(`nothing was kept as ${name}`);
    return kept[name];
  });
}

/** The first place where an answer is not as it is shown; `…` stands for anything. */
export function difference(shown, answer, path = "") {
  if (typeof shown === "string" && shown.endsWith("…")) {
    const isAlike = shown === "…" || String(answer).startsWith(shown.slice(0, -1));
    return isAlike ? undefined : `${path}: ${shown} is shown, ${JSON.stringify(answer)} answered`;
  }
  if (Array.isArray(shown) && Array.isArray(answer) && shown.length !== answer.length) {
    return `${path}: ${shown.length} are shown, ${answer.length} answered`;
  }
  if (shown !== null && typeof shown === "object" && answer !== null && typeof answer === "object") {
    return Object.keys(shown)
      .map((key) => difference(shown[key], answer[key], `${path}/${key}`))
      .find((found) => found !== undefined);
  }
  return shown === answer
    ? undefined
    : `${path}: ${JSON.stringify(shown)} is shown, ${JSON.stringify(answer)} answered`;
}
