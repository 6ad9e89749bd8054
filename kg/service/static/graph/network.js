// Neighbourhoods as the server tells them in; the network of them all, and what of it the reader's filters let be seen,
// out.

import { mainStanding } from "/static/parts/statement.js";

export const MOST = 2000; // nodes that are drawn at once

/** What is known so far. A node is {iri, label, types, degree}; one that stands for words has `plain` and no page. An
 * edge is as /api/neighbours gives it, with an `id` and the name of its `standing`. */
export class Network {
  nodes = new Map();
  edges = new Map();
  left = 0; // nodes that found no room
  filters = { relation: "", standing: "", since: "", until: "" };
  #answers = new Map(); // to what was asked about nodes: the last one, and the one without any filter

  /** Takes in what was told, as far as there is room; gives the IRIs of the nodes that are new. */
  add({ nodes, edges }) {
    const added = [];
    this.left = 0;
    for (const node of nodes) {
      const known = this.nodes.get(node.iri);
      if (known) known.degree = Math.max(known.degree ?? 0, node.degree ?? 0);
      else if (this.nodes.size >= MOST) this.left += 1;
      else {
        this.nodes.set(node.iri, { ...node });
        added.push(node.iri);
      }
    }
    for (const edge of edges) {
      if (!this.nodes.has(edge.source) || !this.nodes.has(edge.target)) continue;
      const standing = mainStanding({ ...edge, attributedTo: edge.attributed });
      const id = [edge.source, edge.predicate, edge.target, edge.factuality, edge.former, edge.attributed].join(" ");
      this.edges.set(id, { ...edge, id, standing });
    }
    return added.sort();
  }

  /** Remembers what the server told of a node's neighbours under the filters of now. */
  asked(iri, told) {
    this.#answers.set(iri, { told, whole: this.isFiltered ? this.#answers.get(iri)?.whole : told });
  }

  /** Whether a node's neighbours were asked for. */
  isOpen(iri) {
    return this.#answers.has(iri);
  }

  /** The nodes that the server knows more of under the filters of now, to be asked about again. */
  wanting() {
    const found = [];
    for (const [iri, { whole }] of this.#answers) {
      if (whole && !(whole.limited && this.isFiltered)) this.#answers.set(iri, { told: whole, whole });
      else found.push(iri);
    }
    return found;
  }

  /** The nodes of which the server knows more than it told, each with what it told. */
  limited() {
    return [...this.#answers].filter(([, { told }]) => told.limited).map(([iri, { told }]) => [iri, told]);
  }

  /** What is to be seen: {nodes, edges}, both sorted; a node in `kept` is there even where none of its edges is. */
  seen(kept) {
    const edges = [...this.edges.values()].filter((edge) => this.#passes(edge)).sort(byId);
    const touched = new Set(kept);
    for (const { source, target } of edges) touched.add(source).add(target);
    return {
      nodes: [...touched]
        .sort()
        .map((iri) => this.nodes.get(iri))
        .filter(Boolean),
      edges,
    };
  }

  /** The edges of `edges` at a node. */
  static at(iri, edges) {
    return edges.filter(({ source, target }) => source === iri || target === iri);
  }

  /** The values of a key of the edges, each with the number of edges that have it, the most frequent first. */
  counts(key) {
    const counted = new Map();
    for (const edge of this.edges.values()) counted.set(edge[key], (counted.get(edge[key]) ?? 0) + 1);
    return [...counted].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1));
  }

  get isFiltered() {
    return Object.values(this.filters).some(Boolean);
  }

  // Told in a span of days: from the first article that says so to the last.
  #passes({ predicate, standing, firstSeen, lastSeen }) {
    const { relation, standing: wanted, since, until } = this.filters;
    if (relation && predicate !== relation) return false;
    if (wanted && standing !== wanted) return false;
    if (since && (!lastSeen || lastSeen < since)) return false;
    return !until || (firstSeen && firstSeen <= until);
  }
}

function byId(one, other) {
  return one.id < other.id ? -1 : 1;
}

/** For each edge, how far it bends: of several between two nodes each has a curve of its own, whichever way it goes. */
export function bends(edges) {
  const between = new Map();
  for (const edge of edges) {
    const pair = [edge.source, edge.target].sort().join(" ");
    between.set(pair, [...(between.get(pair) ?? []), edge]);
  }
  const found = new Map();
  for (const parallel of between.values()) {
    const step = Math.min(0.35, 1.6 / parallel.length);
    for (const [place, edge] of parallel.entries()) {
      const bend = (place - (parallel.length - 1) / 2) * step;
      found.set(edge.id, edge.source < edge.target ? bend : -bend);
    }
  }
  return found;
}
