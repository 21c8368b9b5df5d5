import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { signOut } from "../graphql/session";
import { useSession } from "../graphql/use-session";
import { loadMessages, useMessages } from "../i18n/messages";
import { dayOf } from "../ui/as-of";
import { ToastRegion } from "../ui/Toast";
import { signInUrl } from "../ui/urls";
import { BottomBar } from "./BottomBar";
import { Header } from "./Header";
import { ProofGate } from "./ProofGate";
import { PagePending } from "../ui/PagePending";
import { loadDemoNote } from "./load-demo-note";
import { isRefused } from "./navigation";
import { useShortcuts } from "./use-shortcuts";

const loadPalette = () => import("./Palette");
const PastFrame = lazy(async () => {
  const [file] = await Promise.all([import("../states/PastFrame"), loadMessages("asOf")]);
  return { default: file.PastFrame };
});
const NoPermission = lazy(() =>
  import("../states/NoPermission").then((module) => ({ default: module.NoPermission })),
);
const DemoNote = lazy(async () => ({ default: (await loadDemoNote()).DemoNote }));
const Palette = lazy(() => loadPalette().then((module) => ({ default: module.Palette })));

/** The frame around every page: skip link, header, content, bottom bar on phones, palette. */
export function Shell() {
  const t = useMessages("shell");
  const router = useRouter();
  const session = useSession();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const day = useRouterState({
    select: (state) => dayOf(state.location.pathname, state.location.searchStr),
  });
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const openPalette = useCallback(() => setPaletteOpen(true), []);
  useShortcuts(openPalette);

  useEffect(() => {
    if (session.kind !== "nobody") return;
    const here = router.latestLocation.href;
    router.history.replace(signInUrl(session.hasLeft || here === "/" ? undefined : here));
  }, [session, router]);

  if (session.kind !== "signedIn") return <PagePending />;
  const { viewer } = session;
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: leads into this page, without a step in the history */}
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-card focus:px-4 focus:py-2 focus:shadow-overlay"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t("skip")}
      </a>
      <Header
        viewer={viewer}
        path={path}
        onSearch={openPalette}
        onSearchSoon={() => void loadPalette()}
        onSignOut={() => void signOut()}
      />
      {viewer.account.isDemo && (
        <Suspense fallback={<p className="no-print h-8" />}>
          <DemoNote />
        </Suspense>
      )}
      <main
        ref={main}
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[1360px] px-6 pt-6 pb-24 outline-none max-md:px-4 max-md:pt-4 md:pb-12 print:p-0"
      >
        <Suspense fallback={<PagePending />}>
          {isRefused(path, viewer) ? (
            <NoPermission isPage />
          ) : day === null ? (
            <Outlet />
          ) : (
            <PastFrame day={day}>
              <Outlet />
            </PastFrame>
          )}
        </Suspense>
      </main>
      <BottomBar viewer={viewer} path={path} />
      <ToastRegion />
      <ProofGate />
      {isPaletteOpen && (
        <Suspense fallback={null}>
          <Palette viewer={viewer} onClose={() => setPaletteOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
