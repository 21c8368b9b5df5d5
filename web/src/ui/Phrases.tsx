import { Fragment } from "react";
import { phrasesOf } from "./phrases";

/** A title whose lines end between words; the style `phrases` keeps each word together. */
export function Phrases({ text }: { readonly text: string }) {
  return phrasesOf(text).map((phrase, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {phrase}
    </Fragment>
  ));
}
