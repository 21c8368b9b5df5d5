/** What leans on the word after it: figures, short words that join, opening marks. */
const LEADS =
  /^(?:[\d.]+|[一二三四五六七八九十百千万第和与及暨或对把在向为由从不各全大新以“《〔（])$/u;
/** What belongs to the word before it: closing marks, and a lone character, mostly half of a word. */
const TRAILS = /^(?:\p{Script=Han}|[、，。；：！？”》〕）…]|\s.*)$/u;
/** Lone characters make no longer piece than this. */
const MOST = 8;

/**
 * A Chinese text in pieces between which a line may end: words, with what belongs to them. One
 * piece where the browser knows no words.
 */
export function phrasesOf(text: string): readonly string[] {
  if (!("Segmenter" in Intl) || !/\p{Script=Han}/u.test(text)) return [text];
  const words = [...new Intl.Segmenter("zh", { granularity: "word" }).segment(text)];
  const phrases: string[] = [];
  let isOpen = false;
  for (const { segment } of words) {
    const last = phrases.length - 1;
    const isLead = LEADS.test(segment);
    const isTail = !isLead && TRAILS.test(segment) && (phrases[last]?.length ?? 0) < MOST;
    if ((isOpen || isTail) && last >= 0) phrases[last] += segment;
    else phrases.push(segment);
    isOpen = isLead;
  }
  return phrases;
}
