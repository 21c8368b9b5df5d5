import type { Plugin } from "vite";

/** Writes the id of each operation behind it, and all of them beside the build. */
export function trustedOperations(): Plugin;
