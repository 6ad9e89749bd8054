// The top and the foot of every page: the name, the search box, the pages there are, the language, light and dark.

import { h, put } from "/static/base/dom.js";
import { LANGUAGES, choose as speak, language, t } from "/static/base/i18n.js";
import { THEMES, choose as paint, theme } from "/static/base/theme.js";
import * as search from "/static/app/search.js";

/** Puts the reader's language into both. What is in the page from the start stays, as somebody may be typing there. */
export function draw() {
  put(document.getElementById("skip"), t("masthead.skip"));
  document.getElementById("brand").setAttribute("aria-label", t("masthead.home"));
  const pages = document.getElementById("pages");
  pages.setAttribute("aria-label", t("masthead.pages"));
  put(pages.querySelector("a"), t("masthead.query"));
  search.name();
  put(
    document.getElementById("footer"),
    h("p", { class: "footer-word" }, t("footer.word")),
    h("div", { class: "footer-choices" }, languages(), themes()),
  );
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address says what is read, not where
  document.getElementById("main").focus();
});

/** Marks the link to the page that is shown. */
export function mark(root) {
  for (const link of document.querySelectorAll(".masthead-pages a")) {
    const isHere = root.classList.contains(`page-${link.getAttribute("href").slice(1)}`);
    link.toggleAttribute("aria-current", isHere);
    if (isHere) link.setAttribute("aria-current", "page");
  }
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
