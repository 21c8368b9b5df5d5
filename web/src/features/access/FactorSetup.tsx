import { useMessages } from "../../i18n/messages";
import type { Setup } from "./factor-documents";

/** Light modules around the code, without which cameras do not find it. */
const MARGIN = 4;

/** The secret for a camera, and for typing. */
export function FactorSetup({ setup }: { readonly setup: Setup }) {
  const t = useMessages("factor");
  const side = setup.qr.size + 2 * MARGIN;
  return (
    <div className="grid gap-3">
      <p className="caption text-sm text-muted">{t("scan.about")}</p>
      {/* Dark on light in every theme: many cameras read nothing else. */}
      <svg
        role="img"
        aria-label={t("scan.label")}
        viewBox={`${-MARGIN} ${-MARGIN} ${side} ${side}`}
        shapeRendering="crispEdges"
        className="mx-auto size-52"
      >
        <rect x={-MARGIN} y={-MARGIN} width={side} height={side} fill="#fff" />
        <path d={setup.qr.path} fill="#000" />
      </svg>
      <p className="caption text-sm text-muted">{t("scan.secret")}</p>
      <p className="rounded-md border border-line bg-sunken p-2 text-center font-mono text-sm break-all select-all">
        {setup.secret.match(/.{1,4}/g)?.join(" ")}
      </p>
    </div>
  );
}
