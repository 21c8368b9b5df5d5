import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { LightsScene } from "../../features/wall/LightsScene";
import { TargetsScene } from "../../features/wall/TargetsScene";
import { nextScene, secondsOf } from "../../features/wall/units";
import { UnitsScene } from "../../features/wall/UnitsScene";
import { useWall, type Wall } from "../../features/wall/use-wall";
import { useSession } from "../../graphql/use-session";
import { useMessages } from "../../i18n/messages";
import { preferences, showPreferences } from "../../i18n/preferences";
import { ErrorState } from "../../states/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { usePageTitle } from "../../ui/use-page-title";
import { signInUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";

type SceneName = "lights" | "targets" | "units";

/**
 * 大屏: the plan on the wall of a meeting room. Large and dark, scene after scene by itself; nothing to
 * press, nothing to print. `?every=30` sets the seconds that a scene stays.
 */
export function WallPage() {
  const t = useMessages("wall");
  const router = useRouter();
  const session = useSession();
  usePageTitle(t("title"));
  useWallLook();
  useEffect(() => {
    if (session.kind === "nobody") router.history.replace(signInUrl(router.latestLocation.href));
  }, [session, router]);
  if (session.kind !== "signedIn") return null;
  return <Screen />;
}

function Screen() {
  const t = useMessages("wall");
  const wall = useWall();
  const [search] = useUrlSearch();
  const scenes = scenesOf(wall);
  const turn = useTurn(scenes.length, secondsOf(search.get("every")));
  const scene = scenes[turn % Math.max(scenes.length, 1)] ?? "lights";
  if (wall.error !== undefined) {
    return (
      <main className="grid h-dvh place-content-center">
        <h1 className="sr-only">{t("title")}</h1>
        <ErrorState error={wall.error} onRetry={wall.retry} />
      </main>
    );
  }
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] gap-5 overflow-hidden bg-paper px-10 py-6 leading-normal print:hidden">
      <header className="flex items-baseline gap-10">
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold">
          {wall.plan?.title ?? t("title")}
        </h1>
        <Clock />
      </header>
      <main aria-live="off" className="min-h-0">
        {!wall.isReady && <Skeleton className="h-full" />}
        {wall.isReady && wall.plan === undefined && <p className="text-2xl">{t("none")}</p>}
        {wall.plan !== undefined && <SceneView scene={scene} wall={wall} />}
      </main>
      <footer className="flex items-center gap-8 text-muted">
        <ol aria-label={t("scenes")} className="flex gap-8">
          {scenes.map((one) => (
            <li
              key={one}
              aria-current={one === scene ? "true" : undefined}
              className={one === scene ? "border-b-4 border-ink font-semibold text-ink" : ""}
            >
              {t(`scene.${one}`)}
            </li>
          ))}
        </ol>
        <p className={`ml-auto ${wall.isLost ? "text-warn" : ""}`}>
          {t(wall.isLost ? "lost" : "readAt", { at: timeText(wall.readAt) })}
        </p>
      </footer>
    </div>
  );
}

function SceneView({ scene, wall }: { readonly scene: SceneName; readonly wall: Wall }) {
  if (scene === "lights" && wall.lights !== undefined) return <LightsScene lights={wall.lights} />;
  if (scene === "targets" && wall.progress !== undefined) {
    return <TargetsScene plan={wall.progress} />;
  }
  if (scene === "units" && wall.units !== undefined) {
    return <UnitsScene data={wall.units} metrics={wall.metricsBelow} />;
  }
  return <Skeleton className="h-full" />;
}

/** Scenes that have something to show. */
function scenesOf(wall: Wall): readonly SceneName[] {
  if (wall.plan === undefined) return [];
  return wall.hasMap ? ["lights", "targets", "units"] : ["lights", "targets"];
}

/** The number of the scene, one further after so many seconds. */
function useTurn(count: number, seconds: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((now) => nextScene(now, count)), seconds * 1000);
    return () => clearInterval(timer);
  }, [count, seconds]);
  return turn;
}

function Clock() {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return <p className="text-lg whitespace-nowrap tabular-nums">{timeText(now)}</p>;
}

function timeText(at: number): string {
  return new Intl.DateTimeFormat(preferences().locale, { timeStyle: "short" }).format(at);
}

/** Dark, and as large as the screen: 32 px text at 1920 × 1080. Taken back when the page is left. */
function useWallLook(): void {
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = "dark";
    root.dataset.wall = "";
    return () => {
      delete root.dataset.wall;
      showPreferences();
    };
  }, []);
}
