// Links that are followed and the browser's way back in, one call for each page that is to be shown out.

import { place } from "/static/base/routes.js";

let show = () => {};
let shown = "";

/** From now on `render(url, {restore})` is called for each page to be shown, the first one too; `restore` is how far
 * down it was scrolled when it was left, or null for a new one. */
export function start(render) {
  show = render;
  history.scrollRestoration = "manual";
  document.addEventListener("click", followed);
  window.addEventListener("popstate", () => {
    if (whole(location) !== shown) render_(history.state?.scrolled ?? 0);
  });
  window.addEventListener("pagehide", keepPlace);
  render_(history.state?.scrolled ?? null);
}

/** Goes to an address of this server: pages of the explorer are shown in place, all else is loaded. */
export function navigate(address, { replace = false } = {}) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin || !place(url)) {
    location.assign(url);
    return;
  }
  keepPlace();
  history[replace ? "replaceState" : "pushState"]({}, "", url);
  render_(null);
}

/** Puts parameters ({name: value}, empty ones left out) into the address of the page that is shown, which stays. */
export function remember(parameters) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === "") url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  history.replaceState(history.state, "", url);
  shown = whole(url);
}

/** Shows the page once more: in another language, or after a failure. */
export function again() {
  render_(window.scrollY);
}

function render_(restore) {
  shown = whole(location);
  show(new URL(location.href), { restore });
}

function whole(url) {
  return url.pathname + url.search;
}

function keepPlace() {
  history.replaceState({ ...history.state, scrolled: window.scrollY }, "");
}

function followed(event) {
  const link = event.target.closest?.("a[href]");
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || !place(url)) return;
  if (url.hash && whole(url) === whole(location)) return; // a place on this page, which the browser finds
  event.preventDefault();
  navigate(url);
}
