import { formatFigure } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { VisuallyHidden } from "../../ui/VisuallyHidden";
import { type CellFigures, type CellKind, kindOf } from "./cells";

/** A figure, zero, waiting, missing, not applicable or not asked: each has a look and a word of its own. */
export function CellContent({ cell }: { readonly cell: CellFigures | undefined }) {
  const t = useMessages("matrix");
  const kind = kindOf(cell);
  switch (kind) {
    case "notAsked":
      return (
        <span className="text-muted">
          <span aria-hidden="true">·</span>
          <VisuallyHidden>{t("kind.notAsked")}</VisuallyHidden>
        </span>
      );
    case "missing":
    case "notApplicable":
      return <Mark kind={kind} />;
    case "waiting":
      return (
        <>
          {cell?.provisional != null && (
            <span className="whitespace-nowrap text-muted italic tabular-nums">
              {`(${formatFigure(cell.provisional).text})`}
            </span>
          )}
          <Below>
            {t("waiting", { count: cell?.waiting ?? 0 })}
            <Missing count={cell?.missing ?? 0} />
          </Below>
        </>
      );
    default:
      return (
        <>
          <span
            className="font-medium whitespace-nowrap tabular-nums"
            title={formatFigure(cell?.verified ?? "0").exact}
          >
            {formatFigure(cell?.verified ?? "0").text}
          </span>
          {((cell?.missing ?? 0) > 0 || (cell?.waiting ?? 0) > 0) && (
            <Below>
              {(cell?.waiting ?? 0) > 0 && t("waiting", { count: cell?.waiting ?? 0 })}
              <Missing count={cell?.missing ?? 0} />
            </Below>
          )}
        </>
      );
  }
}

/** The word of what is no figure, in a frame of its own. */
export function Mark({ kind }: { readonly kind: Exclude<CellKind, "value" | "zero"> }) {
  const t = useMessages("matrix");
  const look = {
    missing: "border border-dashed border-warn bg-warn-soft px-1.5 text-warn font-medium",
    notApplicable: "px-1.5 text-muted line-through decoration-line-strong",
    notAsked: "text-muted",
    waiting: "text-muted italic",
  }[kind];
  return <span className={`rounded text-sm ${look}`}>{t(`kind.${kind}`)}</span>;
}

function Below({ children }: { readonly children: React.ReactNode }) {
  return (
    <span className="block text-xs leading-tight whitespace-nowrap text-muted print:whitespace-normal">
      {children}
    </span>
  );
}

function Missing({ count }: { readonly count: number }) {
  const t = useMessages("matrix");
  if (count === 0) return null;
  return <span className="ml-1 text-warn">{t("missing", { count })}</span>;
}
