// What a page shows while it waits, where there is nothing, and where something failed: each says what to do.

import { h } from "/static/base/dom.js";
import { t } from "/static/base/i18n.js";

/** A place where something will be; it says so only to who waits for a moment. */
export function loading(text = t("state.loading")) {
  return h("p", { class: "loading", role: "status" }, h("span", { class: "loading-bar", "aria-hidden": "true" }), text);
}

/** Nothing is there: what that means, and what to do (nodes or text). */
export function empty(title, ...what) {
  return h("div", { class: "empty" }, h("p", { class: "empty-title" }, title), what.length ? h("p", null, what) : null);
}

/** Something failed: in words, with what the server said, and with a button where trying again may help. `title` is the
 * element of its first line: a heading where nothing else is on the page. */
export function failure(error, retry, { title = "p" } = {}) {
  const kind = kindOf(error);
  return h(
    "div",
    { class: "failure", role: "alert" },
    h(title, { class: "failure-title" }, t(`failure.${kind}`)),
    h("p", null, t(`failure.${kind}.do`)),
    error.status && kind !== "missing" && error.message ? h("p", { class: "failure-said" }, error.message) : null,
    retry && kind !== "missing" ? h("button", { type: "button", on: { click: retry } }, t("action.retry")) : null,
  );
}

function kindOf(error) {
  if (error.status === 404) return "missing";
  if (error.status === 400) return "refused";
  if (error.status === 503 || error.status === 504 || error.status === 429) return "busy";
  if (error.status === 0) return "unreachable";
  return "broken";
}
