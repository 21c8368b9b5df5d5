import { useSyncExternalStore } from "react";
import { useMessages } from "../i18n/messages";
import { Icon } from "./Icon";
import { TONE_TEXT, type Tone } from "./tones";

export interface ToastContent {
  readonly message: string;
  readonly tone?: Tone;
  /** One thing to do, e.g. 撤销. */
  readonly action?: { readonly label: string; readonly onSelect: () => void };
}

interface Shown extends ToastContent {
  readonly id: number;
}

/** How long a toast stays. Messages that must not be missed belong into the page, not here. */
const SHOWN_MS = 10_000;

let shown: readonly Shown[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  publish(shown.filter((toast) => toast.id !== id));
}

/** Shows a short confirmation for ten seconds. */
export function showToast(content: ToastContent): void {
  lastId += 1;
  const id = lastId;
  publish([...shown.slice(-2), { ...content, id }]);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

/** The way to show a toast. */
export function useToast(): typeof showToast {
  return showToast;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The place where toasts appear; once in the shell. */
export function ToastRegion() {
  const t = useMessages("common");
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <div
      role="status"
      aria-live="polite"
      className="no-print pointer-events-none fixed inset-x-0 bottom-20 z-50 grid justify-items-center gap-2 px-4 md:bottom-6"
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className="pointer-events-auto flex max-w-lg items-center gap-3 rounded-card border border-line bg-card py-2 pr-2 pl-4 shadow-overlay"
        >
          <Icon
            name={toast.tone === "danger" || toast.tone === "warning" ? "alert" : "check"}
            className={TONE_TEXT[toast.tone ?? "ok"]}
          />
          <span>{toast.message}</span>
          {toast.action !== undefined && (
            <button
              type="button"
              className="control rounded px-2 font-medium text-link hover:bg-sunken"
              onClick={() => {
                toast.action?.onSelect();
                dismiss(toast.id);
              }}
            >
              {toast.action.label}
            </button>
          )}
          <button
            type="button"
            aria-label={t("close")}
            className="control grid size-8 place-items-center rounded text-muted hover:bg-sunken"
            onClick={() => dismiss(toast.id)}
          >
            <Icon name="close" size={12} />
          </button>
        </div>
      ))}
    </div>
  );
}
