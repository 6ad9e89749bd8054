// The edges of a network in, a table of them out, which does in words all that the picture does.

import { h, put, unique } from "/static/base/dom.js";
import { day, label, t } from "/static/base/i18n.js";
import { shape, thing } from "/static/parts/statement.js";

const ROWS = 100; // at a time

/** A node as a link to its page, or as its words where it has none. */
export function node(it) {
  return it.plain === undefined ? thing(it) : h("span", { class: "value" }, it.plain);
}

/** The table, folded away. `on` has listeners: edge(id), expand(iri), which is left out where nothing can be. */
export class EdgeTable {
  #rows = ROWS;
  #seen = { edges: [] };

  constructor(network, on) {
    this.network = network;
    this.on = on;
    this.summary = h("summary");
    this.body = h("div", { class: "graph-rows" });
    this.element = h("details", { class: "graph-table", on: { toggle: () => this.#fill() } }, this.summary, this.body);
  }

  draw(seen) {
    this.#seen = seen;
    put(this.summary, t("graph.table", { count: seen.edges.length }));
    this.#fill();
  }

  // Rows are made once somebody looks at them.
  #fill() {
    if (!this.element.open) {
      put(this.body);
      return;
    }
    const edges = [...this.#seen.edges].sort(
      (one, other) => (other.weight ?? 1) - (one.weight ?? 1) || (one.id < other.id ? -1 : 1),
    );
    const heads = ["from", "relation", "to", "standing", "articles", "seen", "evidence"];
    put(
      this.body,
      h(
        "table",
        { id: unique("edges") },
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            heads.map((name) => h("th", { scope: "col" }, t(`graph.column.${name}`))),
          ),
        ),
        h(
          "tbody",
          null,
          edges.slice(0, this.#rows).map((edge) => this.#row(edge)),
        ),
      ),
      edges.length > this.#rows && h("button", { type: "button", on: { click: () => this.#more() } }, t("action.more")),
    );
  }

  #more() {
    const next = this.#rows;
    this.#rows += ROWS;
    this.#fill();
    this.body.querySelectorAll("tbody tr")[next]?.querySelector("a, button")?.focus();
  }

  #row(edge) {
    const [source, target] = [edge.source, edge.target].map((iri) => this.network.nodes.get(iri));
    return h(
      "tr",
      null,
      h("td", null, this.#end(source)),
      h("td", null, edge.predicate ? label(edge.predicate) : ""),
      h("td", null, this.#end(target)),
      h(
        "td",
        null,
        h(
          "span",
          { class: `standing standing-${edge.standing}` },
          shape(edge.standing),
          h("span", null, t(`standing.${edge.standing}`)),
        ),
      ),
      h("td", { class: "figure" }, edge.weight ?? ""),
      h(
        "td",
        null,
        [edge.firstSeen, edge.lastSeen]
          .filter(Boolean)
          .filter((it, place, all) => it !== all[place - 1])
          .map((it, place) => [place ? " – " : "", day(it, { short: true })]),
      ),
      h(
        "td",
        null,
        h(
          "button",
          { type: "button", class: "small", on: { click: () => this.on.edge(edge.id) } },
          t("graph.evidence"),
        ),
      ),
    );
  }

  #end(it) {
    const isOpen = !this.on.expand || it.plain !== undefined || this.network.isOpen(it.iri);
    const expand = isOpen
      ? null
      : h(
          "button",
          {
            type: "button",
            class: "small",
            title: t("graph.expand.of", { name: label(it) }),
            "aria-label": t("graph.expand.of", { name: label(it) }),
            on: { click: () => this.on.expand(it.iri) },
          },
          "+",
        );
    return [node(it), " ", expand];
  }
}
