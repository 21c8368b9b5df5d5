/** The address to open after sign-in: inside this client, else the overview. */
export function safeAddress(asked: string | null): string {
  if (asked === null || !asked.startsWith("/")) return "/";
  const url = new URL(asked, window.location.origin);
  const isOurs = url.origin === window.location.origin && !url.pathname.startsWith("//");
  if (!isOurs || url.pathname === "/sign-in") return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
