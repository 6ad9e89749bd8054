// What the server answers in; a table, a picture, a yes or no, an error, or the answer as it came out: YASGUI's results
// with parts of our own, which make text nodes of all that comes from articles.

import { h, put } from "/static/dom.js";
import { label, number, t } from "/static/i18n.js";
import { articleAddress, entityAddress } from "/static/routes.js";
import { empty } from "/static/states.js";
import { base, term } from "/static/vocabulary.js";
import { Yasr } from "/static/vendor/yasgui.js";
import { isNetwork, network } from "./network.js";
import { short } from "./names.js";

const ROWS = 200; // at a time
const PLACE = /#char=(\d+),(\d+)$/;

/** Results in an element; `signal` and `navigate` are the page's. */
export function results(parent, page) {
  const yasr = new Yasr(parent, { persistenceId: null, pluginOrder: ["table", "graph", "response"], defaultPlugin: "table" });
  yasr.page = page;
  return yasr;
}

class Table {
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
    const heads = names.map((name) => h("th", { scope: "col", "aria-sort": "none" }, h("button", { type: "button", on: { click: (event) => this.#sort(name, names, event) } }, name)));
    put(resultsEl, h("div", { class: "query-rows", tabindex: "0", role: "region", "aria-label": this.label }, h("table", null, h("thead", null, h("tr", null, heads)), this.body)), this.more);
    this.#shown = 0;
    this.#fill(names);
  }

  #fill(names) {
    const rows = this.#rows.slice(this.#shown, this.#shown + ROWS);
    this.body.append(...rows.map((row) => h("tr", null, names.map((name) => h("td", null, row[name] && cell(row[name]))))));
    this.#shown += rows.length;
    this.more.hidden = this.#shown >= this.#rows.length;
    put(this.more, t("query.more", { shown: this.#shown, count: this.#rows.length }));
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
  return h("span", { title: language || (datatype ? short(datatype) : null), lang: language || null }, value);
}

function link(iri) {
  const text = short(iri);
  const place = PLACE.exec(iri);
  if (iri.startsWith(base().article)) return h("a", { href: articleAddress(iri, place && { start: place[1], end: place[2] }) }, text);
  if (iri.startsWith(base().entity)) return h("a", { href: entityAddress(iri) }, text);
  if (term(iri)) return h("span", { title: label(iri) }, text);
  if (!/^https?:/.test(iri)) return text;
  return h("a", { href: iri, target: "_blank", rel: "noopener noreferrer", class: "outside" }, text);
}

class Graph {
  label = t("query.graph");
  priority = 1;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return isNetwork(this.yasr.results?.getVariables() ?? []) && Boolean(this.yasr.results.getBindings()?.length);
  }

  async draw() {
    this.#leaving?.abort();
    this.#leaving = new AbortController();
    const { signal, navigate } = this.yasr.page;
    const { draw } = await import("/static/graph.js");
    const element = h("div");
    put(this.yasr.resultsEl, element);
    await draw(element, { ...network(this.yasr.results.getBindings()), signal: AbortSignal.any([signal, this.#leaving.signal]), navigate });
  }

  #leaving;

  destroy() {
    this.#leaving?.abort();
  }
}

class Verdict {
  priority = 20;
  hideFromSelection = true;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return typeof this.yasr.results?.getBoolean() === "boolean";
  }

  draw() {
    put(this.yasr.resultsEl, h("p", { class: "query-verdict" }, t(this.yasr.results.getBoolean() ? "query.yes" : "query.no")));
  }
}

class Refusal {
  priority = 30;
  hideFromSelection = true;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return Boolean(this.yasr.results?.getError());
  }

  draw() {
    const { text } = this.yasr.results.getError();
    put(this.yasr.resultsEl, h("div", { class: "failure", role: "alert" }, h("p", { class: "failure-title" }, t("query.failed")), h("p", { class: "failure-said" }, text)));
  }
}

class Raw extends Yasr.plugins.response {
  label = t("query.raw");

  getIcon() {
    return null;
  }
}

for (const [name, part] of Object.entries({ table: Table, graph: Graph, response: Raw, boolean: Verdict, error: Refusal })) {
  Yasr.registerPlugin(name, part);
}

/** What is said of an answer in a line: how many rows, in which time. */
export function summary(yasr, milliseconds) {
  const rows = yasr.results?.getBindings();
  const seconds = number(Math.round(milliseconds) / 1000);
  return rows ? t("query.rows", { count: rows.length, seconds }) : t("query.took", { seconds });
}
