import type { Catalogue, CatalogueFiles } from "./areas";

/** The files of the Chinese catalogue by their paths. */
export const files: CatalogueFiles = import.meta.glob<{ messages: Catalogue }>("./zh-CN/*.ts");
