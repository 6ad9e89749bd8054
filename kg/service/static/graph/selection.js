// What is selected in a network in, a panel that tells of it out: of a node its name and what can be done with it, of an
// edge the statements that it stands for, with their words.

import { get } from "/static/api.js";
import { h, put } from "/static/dom.js";
import { comment, label, t } from "/static/i18n.js";
import { entityAddress } from "/static/routes.js";
import { empty, failure, loading } from "/static/states.js";
import { mainStanding, shape, statementCard } from "/static/statement.js";
import { node } from "./edges.js";
import { Network } from "./network.js";

const STATEMENTS = 20; // shown of an edge
const PAGES = 5; // of the server's answers that are looked through for them
const LIMIT = 200;

export class Selection {
  #asking = new AbortController();

  constructor(network, { signal, expand }) {
    this.network = network;
    this.signal = signal;
    this.expand = expand;
    this.element = h("aside", { class: "graph-selection", "aria-live": "polite", "aria-label": t("graph.selection") });
    this.clear();
  }

  clear() {
    this.#asking.abort();
    put(this.element, h("p", { class: "quiet" }, t(this.expand ? "graph.hint" : "graph.hint.drawn")));
  }

  /** Tells of a node, of which these edges are seen. */
  node(iri, edges) {
    this.#asking.abort();
    const it = this.network.nodes.get(iri);
    const count = Network.at(iri, edges).length;
    const isWhole = this.network.whole.has(iri);
    put(
      this.element,
      h("h3", null, node(it)),
      it.types?.length ? h("p", { class: "quiet" }, label(it.types[0])) : null,
      h("p", null, t("graph.node.edges", { count })),
      it.plain === undefined &&
        h(
          "p",
          { class: "graph-actions" },
          this.expand && !isWhole && h("button", { type: "button", on: { click: () => this.expand(iri) } }, t("graph.expand")),
          h("a", { class: "button", href: entityAddress(iri) }, t("graph.open")),
        ),
    );
  }

  /** Tells of an edge, and asks for its statements. */
  async edge(edge) {
    this.#asking.abort();
    this.#asking = new AbortController();
    const signal = AbortSignal.any([this.signal, this.#asking.signal]);
    const [source, target] = [edge.source, edge.target].map((iri) => this.network.nodes.get(iri));
    const body = h("div", null, loading());
    const name = `standing standing-${edge.standing}`;
    put(
      this.element,
      h("h3", null, node(source), " ", h("span", { class: "relation", title: comment(edge.predicate ?? "") || null }, edge.predicate ? label(edge.predicate) : "→"), " ", node(target)),
      h("p", null, h("span", { class: name }, shape(edge.standing), h("span", null, t(`standing.${edge.standing}`))), edge.weight ? ` · ${t("count.articles", { count: edge.weight })}` : null),
      body,
    );
    try {
      const { found, more } = await statements(edge, signal);
      if (signal.aborted) return;
      put(body, found.length ? found.map((it) => statementCard(it)) : empty(t("graph.edge.none"), t("graph.edge.none.do")), more && h("p", { class: "quiet" }, t("graph.edge.more", { count: found.length })));
    } catch (error) {
      if (!signal.aborted) put(body, failure(error, () => this.edge(edge)));
    }
  }
}

// The server knows the statements of a thing; those of an edge are among them, with their standing.
async function statements(edge, signal) {
  const found = [];
  if (!edge.predicate) return { found, more: false };
  for (let page = 0; page < PAGES; page += 1) {
    const asked = { entity: edge.source, relation: edge.predicate, offset: page * LIMIT, limit: LIMIT };
    const { items, more } = await get("/api/statements", asked, { signal });
    found.push(...items.filter((it) => isOf(edge, it)));
    if (found.length >= STATEMENTS || !more) return { found: found.slice(0, STATEMENTS), more: more || found.length > STATEMENTS };
  }
  return { found, more: true };
}

function isOf({ source, target, standing }, statement) {
  return statement.subject.iri === source && statement.object.iri === target && mainStanding(statement) === standing;
}
