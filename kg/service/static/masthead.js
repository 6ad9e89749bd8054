// The top and the foot of every page: the name, the search box, the pages there are, the language, light and dark.

import { h, put } from "/static/dom.js";
import { LANGUAGES, choose as speak, language, t } from "/static/i18n.js";
import { searchBox } from "/static/search.js";
import { THEMES, choose as paint, theme } from "/static/theme.js";

/** Draws both in the language of the reader. */
export function draw() {
  put(
    document.getElementById("masthead"),
    h("a", { class: "skip", href: "#main", on: { click: skip } }, t("masthead.skip")),
    h("a", { class: "brand", href: "/", "aria-label": t("masthead.home") }, "Dateline"),
    searchBox(),
    h("nav", { class: "masthead-pages", "aria-label": t("masthead.pages") }, h("a", { href: "/query" }, t("masthead.query"))),
  );
  put(
    document.getElementById("footer"),
    h("p", { class: "footer-word" }, t("footer.word")),
    h("div", { class: "footer-choices" }, languages(), themes()),
  );
}

/** Marks the link to the page that is shown. */
export function mark(root) {
  for (const link of document.querySelectorAll(".masthead-pages a")) {
    const isHere = root.classList.contains(`page-${link.getAttribute("href").slice(1)}`);
    link.toggleAttribute("aria-current", isHere);
    if (isHere) link.setAttribute("aria-current", "page");
  }
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

function languages() {
  const change = async (event) => {
    await speak(event.target.value);
    document.dispatchEvent(new CustomEvent("languagechange"));
    document.querySelector("#footer select")?.focus();
  };
  const options = Object.entries(LANGUAGES).map(([code, name]) =>
    h("option", { value: code, lang: code, selected: code === language() }, name),
  );
  return h("label", null, t("footer.language"), " ", h("select", { on: { change } }, options));
}

function themes() {
  const change = (event) => paint(event.target.value);
  const options = THEMES.map((each) => h("option", { value: each, selected: each === theme() }, t(`theme.${each}`)));
  return h("label", null, t("footer.theme"), " ", h("select", { on: { change } }, options));
}
