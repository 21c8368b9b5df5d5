import { lazy, Suspense, useRef, useState } from "react";
import { useMessages } from "../i18n/messages";
import { Button } from "../ui/Button";
import { useDownload } from "./use-download";

const loadMenu = () => import("../ui/Menu");
const Menu = lazy(() => loadMenu().then((module) => ({ default: module.Menu })));

/** Ways in which tables leave the program, as the server names them. */
export const FORMATS = ["xlsx", "csv", "csv-gb18030"] as const;
export type Format = (typeof FORMATS)[number];

/** Pixels that the open menu needs beside the edge of the page. */
const WIDTH = 300;

interface DownloadMenuProps {
  readonly label: string;
  readonly addressOf: (format: Format) => string;
}

/** A button that saves a table as a workbook or as text. */
export function DownloadMenu({ label, addressOf }: DownloadMenuProps) {
  const t = useMessages("download");
  const { isBusy, start } = useDownload();
  const [isOpen, setOpen] = useState(false);
  const [isFromLeft, setIsFromLeft] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const prefetch = (): void => {
    loadMenu().catch(() => undefined);
  };
  return (
    <div ref={root} className="relative">
      <Button
        ref={button}
        icon="download"
        isPending={isBusy}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={(event) => {
          const { left } = event.currentTarget.getBoundingClientRect();
          setIsFromLeft(left + WIDTH < document.documentElement.clientWidth);
          setOpen(!isOpen);
        }}
        onMouseEnter={prefetch}
        onFocus={prefetch}
      >
        {label}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <Menu
            label={label}
            root={root}
            isFromLeft={isFromLeft}
            onClose={(focusGoesBack) => {
              setOpen(false);
              if (focusGoesBack) button.current?.focus();
            }}
            items={FORMATS.map((format) => ({
              key: format,
              label: t(`format.${format}`),
              icon: "document",
              onSelect: () => start(addressOf(format)),
            }))}
          />
        </Suspense>
      )}
    </div>
  );
}
