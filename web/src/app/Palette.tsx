import { useRouter } from "@tanstack/react-router";
import { Command } from "cmdk";
import { useDeferredValue, useState } from "react";
import { useQuery } from "urql";
import { graphql } from "../graphql/graphql";
import type { ViewerData } from "../graphql/session-documents";
import { useMessages } from "../i18n/messages";
import { Icon } from "../ui/Icon";
import { helpUrl, importUrl, meUrl, tasksUrl, taskUrl } from "../ui/urls";
import { useModal } from "../ui/use-modal";
import { entriesFor } from "./navigation";

const PaletteTasks = graphql(`
  query PaletteTasks($text: String!) {
    tasks(first: 8, filter: { text: $text }) {
      totalCount
      edges {
        node {
          id
          code
          title
        }
      }
    }
  }
`);

interface PaletteProps {
  readonly viewer: ViewerData;
  readonly onClose: () => void;
}

const GROUP = "text-sm text-muted [&>[cmdk-group-heading]]:px-3";
const ITEM =
  "flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-3 aria-selected:bg-sunken";

/** Finds pages by name and tasks by code or words, all by keyboard. */
export function Palette({ viewer, onClose }: PaletteProps) {
  const t = useMessages("shell");
  const router = useRouter();
  const dialog = useModal();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const [{ data, fetching, error }] = useQuery({
    query: PaletteTasks,
    variables: { text: wanted },
    pause: wanted === "",
  });
  const go = (to: string): void => {
    onClose();
    router.history.push(to);
  };
  const pages = [
    ...entriesFor(viewer).map((entry) => ({
      name: t(`nav.${entry.key}`),
      to: entry.to,
      icon: entry.icon,
    })),
    ...(viewer.canImportPlans
      ? [{ name: t("nav.import"), to: importUrl(), icon: "upload" as const }]
      : []),
    { name: t("nav.me"), to: meUrl(), icon: "user" as const },
    { name: t("nav.help"), to: helpUrl(), icon: "help" as const },
    // Not the deferred text: Enter must not open a page that the typed words no longer name.
  ].filter((page) => page.name.toLowerCase().includes(text.trim().toLowerCase()));
  const tasks = wanted === "" ? [] : (data?.tasks.edges ?? []);
  const count = data?.tasks.totalCount ?? 0;

  return (
    <dialog
      ref={dialog}
      aria-label={t("palette.title")}
      className="mx-auto mt-[12dvh] mb-auto w-[min(40rem,calc(100vw-1.5rem))] rounded-card border border-line bg-card p-0 text-ink shadow-overlay"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <Command shouldFilter={false} loop label={t("palette.title")}>
        <div className="flex items-center gap-3 border-b border-line px-4">
          <Icon name="search" className="text-muted" />
          <Command.Input
            value={text}
            data-first-focus=""
            onValueChange={setText}
            placeholder={t("palette.placeholder")}
            className="h-14 w-full bg-transparent text-lg outline-none"
          />
        </div>
        <Command.List className="max-h-[50dvh] overflow-y-auto p-2">
          {pages.length > 0 && (
            <Command.Group heading={t("palette.pages")} className={GROUP}>
              {pages.map((page) => (
                <Command.Item
                  key={page.to}
                  value={page.to}
                  className={`${ITEM} text-base text-ink`}
                  onSelect={() => go(page.to)}
                >
                  <Icon name={page.icon} className="text-muted" />
                  {page.name}
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {wanted !== "" && (
            <Command.Group heading={t("palette.tasks")} className={`mt-2 ${GROUP}`}>
              {tasks.map(({ node }) => (
                <Command.Item
                  key={node.id}
                  value={node.code}
                  className={`${ITEM} text-base text-ink`}
                  onSelect={() => go(taskUrl(node.code))}
                >
                  <span className="w-20 shrink-0 text-sm text-muted">{node.code}</span>
                  <span className="line-clamp-1">{node.title}</span>
                </Command.Item>
              ))}
              {count > tasks.length && (
                <Command.Item
                  value="all"
                  className={`${ITEM} text-link`}
                  onSelect={() => go(tasksUrl({ text: wanted }))}
                >
                  {t("palette.more", { count })}
                </Command.Item>
              )}
            </Command.Group>
          )}
        </Command.List>
        <p role="status" className="px-5 pb-3 text-sm text-muted empty:hidden">
          {wanted !== "" && fetching && t("palette.searching")}
          {error !== undefined && t("palette.failed")}
          {wanted !== "" && !fetching && error === undefined && tasks.length === 0 && (
            <NothingFound />
          )}
        </p>
      </Command>
    </dialog>
  );
}

function NothingFound() {
  return useMessages("common")("nothingFound");
}
