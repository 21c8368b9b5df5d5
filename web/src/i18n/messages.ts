import { use } from "react";
import type { Area, Areas, Catalogue, CatalogueFiles, Message } from "./areas";
import { files as chinese } from "./files-zh-CN";
import { type Locale, preferences, usePreferences } from "./preferences";

/** Values for the `{names}` in a message. */
export type Values = Readonly<Record<string, string | number>>;

/** Gives the message of a key in the language of the page. */
export type Translate<Name extends Area> = (
  key: Extract<keyof Areas[Name], string>,
  values?: Values,
) => string;

/** The files of the language that most read are at hand; those of the other are asked for. */
const FILES: Readonly<Record<Locale, () => Promise<CatalogueFiles>>> = {
  "zh-CN": () => Promise.resolve(chinese),
  en: () => import("./files-en").then(({ files }) => files),
};

/** A promise that React's `use` reads at once when it is marked as kept, and waits for when it is not. */
type Loading = Promise<Catalogue>;

const loading = new Map<string, Loading>();

function pathOf(locale: Locale, area: Area): string {
  return `./${locale}/${area}.ts`;
}

function load(locale: Locale, area: Area): Loading {
  const path = pathOf(locale, area);
  const known = loading.get(path);
  if (known !== undefined) return known;
  const promise: Loading = read(locale, path).then((messages) => {
    Object.assign(promise, { status: "fulfilled", value: messages });
    return messages;
  });
  loading.set(path, promise);
  return promise;
}

async function read(locale: Locale, path: string): Promise<Catalogue> {
  const files = await FILES[locale]();
  const file = files[path];
  if (file === undefined) throw new Error(`no catalogue ${path}`);
  return (await file()).messages;
}

/** Loads areas in the language of the page, so that their readers need not wait. */
export async function loadMessages(...areas: readonly Area[]): Promise<void> {
  await Promise.all(areas.map((area) => load(preferences().locale, area)));
}

/** Puts values into a message; `count` chooses between its forms. */
export function compose(message: Message, values: Values, locale: Locale): string {
  const text = typeof message === "string" ? message : message[formOf(values.count, locale)];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}

function formOf(count: string | number | undefined, locale: Locale): "one" | "other" {
  return new Intl.PluralRules(locale).select(Number(count)) === "one" ? "one" : "other";
}

const translators = new Map<Catalogue, Translate<Area>>();

function translatorOf(catalogue: Catalogue, locale: Locale): Translate<Area> {
  const known = translators.get(catalogue);
  if (known !== undefined) return known;
  const translate = (key: string, values: Values = {}): string => {
    const message = catalogue[key];
    return message === undefined ? key : compose(message, values, locale);
  };
  translators.set(catalogue, translate);
  return translate;
}

/** The messages of an area; waits (Suspense) where the route has not loaded them. */
export function useMessages<Name extends Area>(area: Name): Translate<Name> {
  const { locale } = usePreferences();
  const catalogue = use(load(locale, area));
  return translatorOf(catalogue, locale) as Translate<Name>;
}
