/** Where an item may come from, other than a plan. */
export const ITEM_KINDS = ["MEETING", "INSTRUCTION", "SUPERIOR", "PROPOSAL", "INSPECTION"] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** An item as it is typed. */
export interface ItemEntry {
  readonly kind: ItemKind;
  readonly source: string;
  readonly sourceOn: string;
  readonly documentNumber: string;
  readonly title: string;
  readonly text: string;
  readonly lead: string | null;
  readonly support: readonly string[];
  readonly deadline: string;
}

export const EMPTY_ITEM: ItemEntry = {
  kind: "MEETING",
  source: "",
  sourceOn: "",
  documentNumber: "",
  title: "",
  text: "",
  lead: null,
  support: [],
  deadline: "",
};

/** What is sent; what is left empty is left out. */
export function inputOf(entry: ItemEntry) {
  const { sourceOn, documentNumber, text, deadline, lead, support, ...rest } = entry;
  return {
    ...rest,
    lead: lead ?? "",
    support: support.filter((id) => id !== lead),
    ...(sourceOn !== "" && { sourceOn }),
    ...(documentNumber.trim() !== "" && { documentNumber }),
    ...(text.trim() !== "" && { text }),
    ...(deadline !== "" && { deadline }),
  };
}
