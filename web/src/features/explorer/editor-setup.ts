import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { graphql } from "cm6-graphql";

/** What is written in an editor. */
export type EditorLanguage = "graphql" | "json";

const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: "var(--muted)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--ok)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--warn)" },
  { tag: [tags.keyword, tags.definitionKeyword, tags.modifier], color: "var(--info)" },
  { tag: [tags.typeName, tags.className], color: "var(--link)" },
  { tag: tags.variableName, color: "var(--danger)" },
]);

/** The look of the page: its tokens reach into the shadow root, so both themes and large text are right. */
const LOOK = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "ui-monospace, Menlo, Consolas, monospace",
    fontSize: "0.8667rem",
    lineHeight: "1.6",
  },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.75rem 0" },
  ".cm-line": { padding: "0 1rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-content ::selection, .cm-content::selection": { backgroundColor: "var(--info-soft)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--info-soft)" },
  ".cm-tooltip": {
    color: "var(--ink)",
    backgroundColor: "var(--card)",
    border: "1px solid var(--line-strong)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "var(--ink)",
    backgroundColor: "var(--info-soft)",
  },
  ".cm-completionDetail, .cm-completionInfo": { color: "var(--muted)" },
  // The waves are pictures by default, and pictures come from this server alone.
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--danger)",
  },
  ".cm-lintRange-warning, .cm-lintRange-info, .cm-lintRange-hint": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--warn)",
  },
});

/**
 * Types over what is selected by itself: left to the browser, it keeps the colour of what was there in a style
 * attribute, which the content security policy refuses and reports.
 */
const TYPING_OVER = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const isTyped = event.inputType === "insertText" && event.data !== null && !event.isComposing;
    if (!isTyped || view.state.selection.main.empty) return false;
    event.preventDefault();
    const typed = view.state.replaceSelection(event.data ?? "");
    view.dispatch(view.state.update(typed, { userEvent: "input.type", scrollIntoView: true }));
    return true;
  },
});

interface SetupOptions {
  readonly label: string;
  readonly onRun: () => void;
  /** A name was clicked with Ctrl or ⌘ held. */
  readonly onShow: (type: string) => void;
}

/** What an editor can do: completion, checks by the schema, history, brackets; Tab leaves it. */
export function setupOf(language: EditorLanguage, options: SetupOptions): Extension[] {
  const { label, onRun, onShow } = options;
  const run = (): boolean => {
    onRun();
    return true;
  };
  return [
    keymap.of([{ key: "Mod-Enter", run, preventDefault: true }]),
    history(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    syntaxHighlighting(COLOURS),
    LOOK,
    TYPING_OVER,
    EditorView.contentAttributes.of({ "aria-label": label, translate: "no" }),
    language === "json"
      ? json()
      : graphql(undefined, {
          onShowInDocs: (_field, type, parent) => onShow(type ?? parent ?? ""),
        }),
  ];
}
