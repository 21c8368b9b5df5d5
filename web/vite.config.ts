import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds the server. */
const server = process.env.DUBAN_URL ?? "http://127.0.0.1:8080";

/** Modules that every page needs at once. */
const START = [
  /node_modules\/(react|react-dom|scheduler|urql|wonka|gql\.tada|use-sync-external-store)\//,
  /node_modules\/(@urql|@0no-co|@tanstack\/(react-router|router-core|history|store|react-store))\//,
  /\/src\/(graphql|i18n)\/(?!live|use-all-pages|use-act|outcome|refused-field|targets)[\w-]+\.ts$/,
  /\/src\/i18n\/zh-CN\/(common|shell)\.ts$/,
  /rolldown\/runtime/,
  /\/src\/app\/(?!Palette|UserMenuItems|UnreadMark|follow)[\w-]+\.tsx?$/,
  /\/src\/ui\/(Badge|Button|Empty|Icon|Link|Page|Skeleton)/,
  /\/src\/states\/(ErrorState|NoPermission)/,
  /\/src\/ui\/(Toast|Tooltip|KeyHint|class-names|tones|urls|use-page-title|use-url-search)/,
];

/** What most pages share, in one file: a dozen of a kilobyte each cost a request apiece. */
const SHARED = [
  /\/src\/ui\/(Card|DataTable|Status|Light|light|finding)\b/,
  /\/src\/charts\/(StackedBar|TileMap)/,
  /\/src\/i18n\/targets/,
  /\/src\/features\/(task\/section-title|department-tree\/place-name|draft\/finding-groups)\.ts$/,
];

/** What every form is made of. */
const FORMS = [
  /\/src\/ui\/(Field|Select|DateInput|TextArea|TextInput|Checkbox)\.tsx$/,
  /\/src\/graphql\/(outcome|refused-field|use-act)\.ts$/,
  /\/src\/states\/use-refusal/,
];

/** Words that the overview and the frame around every page read. */
const FIRST_WORDS = ["overview", "attention", "demo", "domain"];

/**
 * Every route of the router carries its link component, so no bundler can drop it. We have our own
 * (`ui/Link`); leaving theirs out saves 1.6 KB of what every page starts with.
 */
const withoutRouterLink = {
  name: "without-router-link",
  load: (id: string) =>
    id.endsWith("/@tanstack/react-router/dist/esm/link.js")
      ? "export const Link = undefined, createLink = Link, linkOptions = Link, useLinkProps = Link;"
      : undefined,
};

export default defineConfig({
  plugins: [withoutRouterLink, react(), tailwindcss()],
  resolve: {
    alias: {
      // React has had the hook itself since 18; the shim only asks for it again.
      "use-sync-external-store/shim/with-selector": "use-sync-external-store/with-selector",
    },
  },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page starts with, in one file: many small ones compress worse.
            { name: "start", test: (id) => START.some((part) => part.test(id)) },
            { name: "shared", test: (id) => SHARED.some((part) => part.test(id)) },
            { name: "forms", test: (id) => FORMS.some((part) => part.test(id)) },
            ...["zh-CN", "en"].map((locale) => ({
              name: `words-${locale}`,
              test: new RegExp(`/src/i18n/${locale}/(${FIRST_WORDS.join("|")})\\.ts$`),
            })),
          ],
        },
      },
    },
  },
  server: {
    proxy: { "/graphql": server, "/uploads": server },
    // Tests hold the words of the client against the sources of the server.
    fs: { allow: process.env.VITEST === undefined ? ["."] : [".."] },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/app/test-setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
