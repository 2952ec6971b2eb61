/** Light or dark: as the system says, until somebody switches. */

const system = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

/** Whether the page is dark now. */
export function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
}

/** Switch; what the system says anyway is not remembered, so that the page goes on following it. */
export function switchTheme() {
  const theme = isDark() ? "light" : "dark";
  const same = (theme === "dark") === system.matches;
  if (same) localStorage.removeItem("theme");
  else localStorage.setItem("theme", theme);
  restoreTheme();
}

/** Dress the page as it was left. */
export function restoreTheme() {
  const theme = localStorage.getItem("theme");
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
}

/** Call *listener* whenever it may have changed by the system. */
export function onSystemTheme(listener) {
  system.addEventListener("change", listener);
}
