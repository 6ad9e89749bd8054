// What the server answers in; a table, a picture, a yes or no, an error, or the answer as it came out: YASGUI's results
// with parts of our own, which make text nodes of all that comes from articles.

import { Yasr } from "/static/vendor/yasgui.js";
import { imported } from "/static/base/api.js";
import { h, put } from "/static/base/dom.js";
import { number, t } from "/static/base/i18n.js";
import { failure, loading } from "/static/parts/states.js";
import { MOST } from "/static/graph/network.js";
import { isNetwork, name, network } from "/static/pages/query/network.js";
import { Table } from "/static/pages/query/table.js";

/** Results in an element; `signal` and `navigate` are the page's. */
export function results(parent, page) {
  const yasr = new Yasr(parent, {
    persistenceId: null,
    pluginOrder: ["table", "graph", "response"],
    defaultPlugin: "table",
  });
  yasr.page = page;
  yasr.on("drawn", () => tabs(yasr));
  tabs(yasr);
  return yasr;
}

// YASGUI's buttons as tabs, by their names and with what is selected said.
function tabs({ rootEl, resultsEl }) {
  resultsEl.setAttribute("role", "tabpanel");
  const list = rootEl.querySelector(".yasr_btnGroup");
  list.setAttribute("role", "tablist");
  for (const item of list.children) {
    const [button] = item.children;
    item.setAttribute("role", "presentation");
    button.removeAttribute("aria-label");
    button.setAttribute("role", "tab");
    button.setAttribute("aria-controls", resultsEl.id);
    button.setAttribute("aria-selected", String(button.classList.contains("selected")));
  }
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
    const signal = AbortSignal.any([this.yasr.page.signal, this.#leaving.signal]);
    const element = h("div", null, loading());
    put(this.yasr.resultsEl, element);
    try {
      const { nodes, edges } = network(this.yasr.results.getBindings());
      const [{ draw }] = await Promise.all([imported(import("/static/graph/graph.js")), name(nodes.slice(0, MOST), signal)]);
      await draw(element, { nodes, edges, signal, navigate: this.yasr.page.navigate });
    } catch (error) {
      if (!signal.aborted)
        put(
          element,
          failure(error, () => this.draw()),
        );
    }
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
    put(
      this.yasr.resultsEl,
      h("p", { class: "query-verdict" }, this.yasr.results.getBoolean() ? t("query.yes") : t("query.no")),
    );
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
    put(
      this.yasr.resultsEl,
      h(
        "div",
        { class: "failure", role: "alert" },
        h("p", { class: "failure-title" }, t("query.failed")),
        h("p", { class: "failure-said" }, text),
      ),
    );
  }
}

class Raw extends Yasr.plugins.response {
  label = t("query.raw");

  getIcon() {
    return null;
  }
}

for (const [name, part] of Object.entries({
  table: Table,
  graph: Graph,
  response: Raw,
  boolean: Verdict,
  error: Refusal,
})) {
  Yasr.registerPlugin(name, part);
}

/** What is said of an answer in a line: how many rows, in which time. */
export function summary(yasr, milliseconds) {
  const rows = yasr.results?.getBindings();
  const seconds = number(Math.round(milliseconds) / 1000);
  return rows ? t("query.rows", { count: rows.length, seconds }) : t("query.took", { seconds });
}
