import type { Catalogue, CatalogueFiles } from "./areas";

/** The files of the English catalogue by their paths. */
export const files: CatalogueFiles = import.meta.glob<{ messages: Catalogue }>("./en/*.ts");
