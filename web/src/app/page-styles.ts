/** Fetches the styles of everything but the shell, the sign-in and the overview. */
export async function loadPageStyles(): Promise<void> {
  await import("./pages.css");
}
