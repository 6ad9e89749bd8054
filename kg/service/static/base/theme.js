// The reader's wish for light or dark in, the page in it out: as the system has it, until somebody says otherwise.

const KEPT = "dateline.theme";
export const THEMES = ["auto", "light", "dark"];

let chosen = "auto";

/** What was chosen: "auto", "light" or "dark". */
export function theme() {
  return chosen;
}

/** Applies what was chosen once, and tells (event "themechange" of the document) whenever dark turns light or back. */
export function start() {
  try {
    apply(localStorage.getItem(KEPT));
  } catch {
    apply("auto"); // a browser that keeps nothing follows the system
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => apply(chosen));
}

/** Chooses, for the next visit too. */
export function choose(next) {
  apply(next);
  try {
    localStorage.setItem(KEPT, next);
  } catch {
    // it holds until the page is left
  }
}

/** Whether the page is dark now. */
export function isDark() {
  return chosen === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}

function apply(next) {
  chosen = THEMES.includes(next) ? next : "auto";
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  document.dispatchEvent(new CustomEvent("themechange"));
}
