import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { trustedOperations } from "./scripts/operations.mjs";

/** Where `npm run dev` finds the server. */
const server = process.env.DUBAN_URL ?? "http://127.0.0.1:8080";

/** Modules that every page needs at once. */
const START = [
  /node_modules\/(react|react-dom|scheduler|urql|wonka|gql\.tada|use-sync-external-store)\//,
  /node_modules\/(@urql|@0no-co|@tanstack\/(react-router|router-core|history|store|react-store))\//,
  /\/src\/(graphql|i18n)\/(?!live|past-client|upload|download|use-all-pages|use-act|files-en|outcome|refused-field|targets)[\w-]+\.ts$/,
  /\/src\/i18n\/zh-CN\/(common|shell)\.ts$/,
  /rolldown\/runtime/,
  /\/src\/app\/(?!Palette|UserMenuItems|UnreadMark|follow)[\w-]+\.tsx?$/,
  /\/src\/ui\/(Badge|Button|Empty|Icon|Link|Page|Skeleton)/,
  /\/src\/states\/ErrorState/,
  /\/src\/ui\/(Toast|Tooltip|KeyHint|class-names|tones|urls|use-page-title|use-url-search)/,
];

/** What most pages share, in one file: a dozen of a kilobyte each cost a request apiece. */
const SHARED = [
  /\/src\/ui\/(Card|DataTable|Status|Light|light|finding)\b/,
  /\/src\/charts\/(StackedBar|TileMap|PaceBar|pace)/,
  /\/src\/i18n\/targets/,
  /\/src\/features\/(task\/section-title|task\/life\/light-parts|department-tree\/place-name|draft\/finding-groups)\.ts$/,
  /\/src\/features\/progress\/(queries|progress)\.ts$/,
];

/** What every form is made of. */
const FORMS = [
  /\/src\/ui\/(Field|Select|DateInput|TextArea|TextInput|Checkbox)\.tsx$/,
  /\/src\/graphql\/(outcome|refused-field|use-act)\.ts$/,
  /\/src\/states\/use-refusal/,
];

/**
 * What is fetched beside a chunk before it says that it needs it: styles, and the files that most
 * share. A list of the small ones as well stands in what every page starts with, and is 1.2 KB of it.
 */
const BESIDE = [/\.css$/, /\/(shared|forms)-/];

function fetchedTogether(_: string, files: string[], { hostType }: { hostType: string }): string[] {
  if (hostType === "html") return files;
  return files.filter((file) => BESIDE.some((part) => part.test(file)));
}

/** Words that the overview and the frame around every page read. */
const FIRST_WORDS = ["overview", "attention", "demo", "domain"];

/**
 * Parts of the router that every page would start with and none uses, 2 KB of it: no bundler can
 * drop them, as routes and router hold them. Links are `ui/Link`; search parameters are read and
 * written by `app/router`; no address is rewritten. Each with what stands in its place.
 */
const UNUSED_OF_ROUTER: Readonly<Record<string, string>> = {
  "/@tanstack/react-router/dist/esm/link.js":
    "export const Link = undefined, createLink = Link, linkOptions = Link, useLinkProps = Link;",
  "/@tanstack/router-core/dist/esm/searchParams.js":
    "export const defaultParseSearch = undefined, defaultStringifySearch = undefined, parseSearchWith = undefined, stringifySearchWith = undefined;",
  "/@tanstack/router-core/dist/esm/rewrite.js":
    "const same = (_, url) => url; export const executeRewriteInput = same, executeRewriteOutput = same, composeRewrites = undefined, rewriteBasepath = undefined;",
};

const withoutUnusedOfRouter = {
  name: "without-unused-of-router",
  load: (id: string) => Object.entries(UNUSED_OF_ROUTER).find(([path]) => id.endsWith(path))?.[1],
};

export default defineConfig({
  plugins: [trustedOperations(), withoutUnusedOfRouter, react(), tailwindcss()],
  resolve: {
    alias: {
      // React has had the hook itself since 18; the shim only asks for it again.
      "use-sync-external-store/shim/with-selector": "use-sync-external-store/with-selector",
    },
  },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false, resolveDependencies: fetchedTogether },
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
            // What listens for news: the frame of every page and the wall.
            { name: "follow", test: (id) => /\/src\/(app\/follow|graphql\/live)\.ts$/.test(id) },
            // The page that tries the API: its editor, and what it knows of GraphQL.
            {
              name: "editor",
              test: /node_modules\/(@codemirror\/(state|view)|@marijn|style-mod|crelt|w3c-keyname)\//,
            },
            { name: "editing", test: /node_modules\/(@codemirror|@lezer)\// },
            {
              name: "language",
              test: /node_modules\/(graphql|graphql-language-service|cm6-graphql)\//,
            },
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
    // `/sheets` by itself is a page.
    proxy: {
      "/graphql": server,
      "/uploads": server,
      "^/sheets/": server,
      "^/exports/": server,
      "^/feeds": server,
    },
    // Tests hold the words of the client against the sources of the server.
    fs: { allow: process.env.VITEST === undefined ? ["."] : [".."] },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/app/test-setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
