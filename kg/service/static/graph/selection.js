// What is selected in a network in, a panel that tells of it out: of a node its name and what can be done with it, of an
// edge the statements or events that it stands for, with their words.

import { get } from "/static/base/api.js";
import { h, put } from "/static/base/dom.js";
import { comment, label, t } from "/static/base/i18n.js";
import { entityAddress } from "/static/base/routes.js";
import { term } from "/static/base/vocabulary.js";
import { eventCard, mainStanding, shape, statementCard } from "/static/parts/statement.js";
import { empty, failure, loading } from "/static/parts/states.js";
import { node } from "/static/graph/edges.js";
import { Network } from "/static/graph/network.js";

const SHOWN = 20; // of what stands behind an edge
const PAGES = 5; // of the server's answers that are looked through for it
const LIMIT = 200;

export class Selection {
  #asking = new AbortController();

  constructor(network, { signal, expand, root }) {
    Object.assign(this, { network, signal, expand, root });
    this.element = h("aside", { class: "graph-selection", "aria-live": "polite", "aria-label": t("graph.selection") });
    this.clear();
  }

  clear() {
    this.#asking.abort();
    put(this.element, h("p", { class: "quiet" }, this.expand ? t("graph.hint") : t("graph.hint.drawn")));
  }

  /** Tells of a node, of which these edges are seen. */
  node(iri, edges) {
    this.#asking.abort();
    const it = this.network.nodes.get(iri);
    const count = Network.at(iri, edges).length;
    const isWhole = this.network.isOpen(iri);
    put(
      this.element,
      h("h3", null, node(it)),
      it.types?.length ? h("p", { class: "quiet" }, label(it.types[0])) : null,
      h("p", null, t("graph.node.edges", { count })),
      iri === this.root && h("p", { class: "quiet" }, t("graph.hint")),
      it.plain === undefined &&
        h(
          "p",
          { class: "graph-actions" },
          this.expand &&
            !isWhole &&
            h("button", { type: "button", on: { click: () => this.expand(iri) } }, t("graph.expand")),
          iri !== this.root && h("a", { class: "button", href: entityAddress(iri) }, t("graph.open")),
        ),
    );
  }

  /** Tells of an edge, and asks for what stands behind it. */
  async edge(edge) {
    this.#asking.abort();
    this.#asking = new AbortController();
    const signal = AbortSignal.any([this.signal, this.#asking.signal]);
    const [source, target] = [edge.source, edge.target].map((iri) => this.network.nodes.get(iri));
    const body = h("div", null, loading());
    const name = `standing standing-${edge.standing}`;
    put(
      this.element,
      h(
        "h3",
        null,
        node(source),
        " ",
        h(
          "span",
          { class: "relation", title: comment(edge.predicate ?? "") || null },
          edge.predicate ? label(edge.predicate) : "→",
        ),
        " ",
        node(target),
      ),
      h(
        "p",
        null,
        h("span", { class: name }, shape(edge.standing), h("span", null, t(`standing.${edge.standing}`))),
        edge.weight ? ` · ${t("count.articles", { count: edge.weight })}` : null,
      ),
      body,
    );
    try {
      const entity = (source.degree ?? 0) > (target.degree ?? 0) ? edge.target : edge.source; // who has less to look through
      const { found, more } = await behind(edge, entity, signal);
      if (signal.aborted) return;
      put(
        body,
        found.length ? found : empty(t("graph.edge.none"), t("graph.edge.none.do")),
        more && h("p", { class: "quiet" }, t("graph.edge.more", { count: found.length })),
      );
    } catch (error) {
      if (!signal.aborted)
        put(
          body,
          failure(error, () => this.edge(edge)),
        );
    }
  }
}

// What stands behind an edge: statements, or events where it is the type of one. The server knows those of a thing;
// those of the edge are among them.
const KINDS = {
  statements: { card: statementCard, ends: ({ subject, object }) => [[subject], [object]] },
  events: { card: eventCard, ends: ({ agents, patients }) => [agents, patients] },
};

async function behind(edge, entity, signal) {
  const found = [];
  if (!/^https?:/.test(edge.predicate ?? "")) return { found, more: false };
  const kind = term(edge.predicate)?.kind === "event" ? "events" : "statements";
  const { card, ends } = KINDS[kind];
  const isOf = (it) =>
    mainStanding(it) === edge.standing &&
    [edge.source, edge.target].every((iri, end) => ends(it)[end].some((thing) => thing.iri === iri));
  for (let page = 0; page < PAGES; page += 1) {
    const wanted = { entity, relation: edge.predicate, offset: page * LIMIT, limit: LIMIT };
    const { items, more } = await get(`/api/${kind}`, wanted, { signal }).catch(unknown);
    found.push(...items.filter(isOf));
    if (found.length >= SHOWN || !more)
      return { found: found.slice(0, SHOWN).map((it) => card(it)), more: more || found.length > SHOWN };
  }
  return { found: found.map((it) => card(it)), more: true };
}

// Rows of a query may tell of things that are no entities here.
function unknown(error) {
  if (error.status === 404) return { items: [], more: false };
  throw error;
}
