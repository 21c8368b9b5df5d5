// Sets theme, text size and language before the first paint. A file of its own: the CSP allows no inline script.
(() => {
  let saved = {};
  try {
    saved = JSON.parse(localStorage.getItem("duban.preferences") ?? "{}") ?? {};
  } catch {
    saved = {};
  }
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = saved.theme === "light" || saved.theme === "dark" ? saved.theme : null;
  root.dataset.theme = theme ?? (dark ? "dark" : "light");
  if (saved.isLargeText === true) root.dataset.text = "large";
  if (saved.locale === "en") root.lang = "en";
})();
