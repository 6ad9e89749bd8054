// A network in, the controls that narrow it and the legend of its colours out.

import { h, put } from "/static/base/dom.js";
import { label, t } from "/static/base/i18n.js";
import { colour } from "/static/base/vocabulary.js";
import { shape } from "/static/parts/statement.js";

const TYPES = 9; // in the legend

/** A bar of controls; `changed` is called when one of them has another value. */
export class Filters {
  constructor(network, changed) {
    this.network = network;
    this.changed = changed;
    this.element = h("form", { class: "graph-filters", on: { submit: (event) => event.preventDefault() } });
  }

  /** Draws the controls for what the network holds now, each with its number of edges. */
  draw() {
    const relations = this.network.counts("predicate").map(([iri, count]) => [iri, label(iri), count]);
    const standings = this.network.counts("standing").map(([name, count]) => [name, t(`standing.${name}`), count]);
    const focused = document.activeElement?.name;
    put(
      this.element,
      relations.some(([iri]) => iri) && this.#choice("relation", relations),
      this.#choice("standing", standings),
      this.network.counts("lastSeen").some(([day]) => day) && [this.#day("since"), this.#day("until")],
      this.network.isFiltered &&
        h("button", { type: "button", on: { click: () => this.#clear() } }, t("graph.filter.clear")),
    );
    this.element.elements[focused]?.focus();
  }

  #choice(name, values) {
    const chosen = this.network.filters[name];
    const known =
      values.some(([value]) => value === chosen) || !chosen ? values : [...values, [chosen, label(chosen), 0]];
    const options = known.map(([value, text, count]) =>
      h("option", { value, selected: value === chosen }, t("graph.filter.option", { text, count })),
    );
    const all = h("option", { value: "", selected: !chosen }, t(`graph.filter.${name}.all`));
    return this.#labelled(name, h("select", { name, on: { change: (event) => this.#set(name, event) } }, all, options));
  }

  #day(name) {
    const value = this.network.filters[name];
    return this.#labelled(
      name,
      h("input", { type: "date", name, value, on: { change: (event) => this.#set(name, event) } }),
    );
  }

  #labelled(name, control) {
    return h("label", null, h("span", null, t(`graph.filter.${name}`)), control);
  }

  #set(name, event) {
    this.network.filters[name] = event.target.value;
    this.changed();
  }

  #clear() {
    for (const name of Object.keys(this.network.filters)) this.network.filters[name] = "";
    this.changed();
  }
}

/** What the colours of nodes and edges mean, of those alone that are seen. */
export function legend({ nodes, edges }) {
  const types = new Map();
  for (const type of nodes.map((node) => node.types?.[0]).filter(Boolean)) types.set(type, (types.get(type) ?? 0) + 1);
  const frequent = [...types]
    .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
    .slice(0, TYPES);
  const standings = [...new Set(edges.map(({ standing }) => standing))].sort();
  return h(
    "ul",
    { class: "graph-legend plain", "aria-label": t("graph.legend") },
    frequent.map(([type]) =>
      h(
        "li",
        { style: { "--type": colour([type]) } },
        h("span", { class: "type-dot", "aria-hidden": "true" }),
        label(type),
      ),
    ),
    standings.map((name) =>
      h(
        "li",
        { class: `standing-${name}` },
        h("span", { class: "graph-line", "aria-hidden": "true" }),
        shape(name),
        t(`standing.${name}`),
      ),
    ),
  );
}
