import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { updateSchema } from "cm6-graphql";
import type { GraphQLSchema } from "graphql";
import { useEffect, useEffectEvent, useRef } from "react";
import { type EditorLanguage, setupOf } from "./editor-setup";

interface CodeEditorProps {
  readonly label: string;
  readonly language: EditorLanguage;
  /** What it begins with; later it is its own. */
  readonly initial: string;
  /** What it is checked and completed by. */
  readonly schema?: GraphQLSchema | null;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  readonly onShow?: (type: string) => void;
  readonly className: string;
}

/**
 * A text with colours, completion and checks. It stands in a shadow root: there its styles are sheets made by
 * script, which the content security policy allows, and no `<style>` elements, which it does not.
 */
export function CodeEditor(props: CodeEditorProps) {
  const { label, language, initial, schema = null, className } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const onChange = useEffectEvent((text: string) => props.onChange(text));
  const onRun = useEffectEvent(() => props.onRun());
  const onShow = useEffectEvent((type: string) => props.onShow?.(type));

  // biome-ignore lint/correctness/useExhaustiveDependencies: what it begins with is read once
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const told = EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    });
    const setup = setupOf(language, {
      label,
      onRun: () => onRun(),
      onShow: (type) => onShow(type),
    });
    const editor = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: view.current?.state.doc ?? initial,
        extensions: [setup, told],
      }),
    });
    view.current = editor;
    // From outside a shadow root it cannot be seen that somebody is typing: keys alone are no shortcuts here.
    const keep = (event: KeyboardEvent): void => {
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    };
    element.addEventListener("keydown", keep);
    return () => {
      element.removeEventListener("keydown", keep);
      editor.destroy();
    };
  }, [label, language]);

  useEffect(() => {
    if (schema !== null && view.current !== null) updateSchema(view.current, schema);
  }, [schema]);

  return <div ref={host} className={className} />;
}
