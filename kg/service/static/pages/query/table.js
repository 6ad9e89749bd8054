// The rows of an answer in, a table that can be sorted out: entities and articles in it lead to their pages.

import { h, put } from "/static/base/dom.js";
import { inLanguage, label, t } from "/static/base/i18n.js";
import { articleAddress, entityAddress } from "/static/base/routes.js";
import { base, term } from "/static/base/vocabulary.js";
import { empty } from "/static/parts/states.js";
import { called } from "/static/pages/query/called.js";
import { short } from "/static/pages/query/names.js";

const ROWS = 500; // at a time
const PLACE = /#char=(\d+),(\d+)$/;

/** The part of YASGUI's results that shows rows. */
export class Table {
  label = t("query.table");
  priority = 10;
  #rows = [];
  #shown = 0;
  #order = null;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return Boolean(this.yasr.results?.getBindings());
  }

  draw() {
    const { results: answer, resultsEl } = this.yasr;
    this.#rows = answer.getBindings();
    this.#order = null;
    if (!this.#rows.length) {
      put(resultsEl, empty(t("query.empty"), t("query.empty.do")));
      return;
    }
    const names = answer.getVariables();
    this.body = h("tbody");
    this.more = h("button", { type: "button", on: { click: () => this.#fill(names) } });
    const heads = names.map((name) =>
      h(
        "th",
        { scope: "col", "aria-sort": "none" },
        h("button", { type: "button", on: { click: (event) => this.#sort(name, names, event) } }, name),
      ),
    );
    put(
      resultsEl,
      h(
        "div",
        { class: "query-rows", tabindex: "0", role: "region", "aria-label": this.label },
        h("table", null, h("thead", null, h("tr", null, heads)), this.body),
      ),
      this.more,
    );
    this.#shown = 0;
    this.#fill(names);
  }

  #fill(names) {
    const rows = this.#rows.slice(this.#shown, this.#shown + ROWS);
    this.body.append(
      ...rows.map((row) =>
        h(
          "tr",
          null,
          names.map((name) => h("td", null, row[name] && cell(row[name]))),
        ),
      ),
    );
    this.#shown += rows.length;
    this.#name(names, rows);
    this.more.hidden = this.#shown >= this.#rows.length;
    put(this.more, t("query.more", { shown: this.#shown, count: this.#rows.length }));
  }

  // What things are called comes after what they are: nobody waits for it, and a table is whole without it.
  async #name(names, rows) {
    const nameless = names.filter((name) => !names.includes(`${name}_label`));
    const iris = rows.flatMap((row) => nameless.map((name) => (row[name]?.type === "uri" ? row[name].value : "")));
    const found = await called(iris, this.yasr.page.signal).catch(() => new Map());
    for (const link of this.body.querySelectorAll("a[data-iri]:not(.is-named)")) {
      const name = inLanguage(found.get(link.dataset.iri));
      if (!name) continue;
      link.classList.add("is-named");
      put(link, h("bdi", null, name), " ", h("span", { class: "query-iri" }, link.textContent));
    }
  }

  #sort(name, names, event) {
    const isUp = this.#order?.name !== name || this.#order.sign < 0;
    this.#order = { name, sign: isUp ? 1 : -1 };
    const value = (row) => row[name]?.value ?? "";
    const compare = new Intl.Collator(undefined, { numeric: true }).compare;
    this.#rows = [...this.#rows].sort((one, other) => this.#order.sign * compare(value(one), value(other)));
    for (const head of event.target.closest("tr").children) head.setAttribute("aria-sort", "none");
    event.target.closest("th").setAttribute("aria-sort", isUp ? "ascending" : "descending");
    put(this.body);
    this.#shown = 0;
    this.#fill(names);
  }
}

/** A term of an answer: entities and articles lead to their pages here, other addresses out of here. */
function cell({ type, value, datatype, "xml:lang": language }) {
  if (type === "uri") return link(value);
  if (type === "bnode") return h("span", { class: "quiet" }, `_:${value}`);
  const kind = /#date(Time)?$/.test(datatype ?? "") ? "query-day" : null;
  return h("span", { title: language || (datatype ? short(datatype) : null), lang: language || null, class: kind }, value);
}

function link(iri) {
  const text = short(iri);
  const { article } = base();
  if (iri.startsWith(article))
    return h("a", { href: articleAddress(iri, place(iri)), dataset: { iri } }, `art:${iri.slice(article.length)}`);
  if (iri.startsWith(base().entity)) return h("a", { href: entityAddress(iri), dataset: { iri } }, text);
  if (term(iri)) return h("span", null, label(iri), " ", h("span", { class: "query-iri" }, text));
  if (!/^https?:/.test(iri)) return text;
  return h("a", { href: iri, target: "_blank", rel: "noopener noreferrer", class: "outside" }, text);
}

function place(iri) {
  const [, start, end] = PLACE.exec(iri) ?? [];
  return start ? { start, end } : null;
}
