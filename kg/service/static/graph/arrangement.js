// Nodes and edges in, a place for each node out: the same for the same network, whatever machine draws it.

import { iterate } from "/static/vendor/graph.js";

const ROUNDS = 250; // of ForceAtlas2, for some hundred nodes
const WORK = 6e6; // pairs of nodes that are looked at in all, where every pair is
const MANY = 400; // nodes from which on far ones are looked at as groups (Barnes and Hut)
const [PER_NODE, PER_EDGE] = [10, 3]; // numbers in the matrices of `iterate`
const SETTINGS = {
  linLogMode: false,
  outboundAttractionDistribution: false,
  adjustSizes: false,
  edgeWeightInfluence: 0,
  scalingRatio: 12,
  strongGravityMode: false,
  gravity: 0.6,
  slowDown: 2,
  barnesHutTheta: 0.8,
};

/** Places by IRI, {x, y}. `from` are places that nodes have; new ones start in a circle about the node `centre`. */
export function arranged(nodes, edges, { from = new Map(), centre } = {}) {
  const start = starts(nodes, from, centre);
  const rank = new Map(nodes.map(({ iri }, place) => [iri, place * PER_NODE]));
  const matrix = new Float32Array(nodes.length * PER_NODE);
  for (const [place, { iri, size = 6 }] of nodes.entries()) {
    const { x, y } = start.get(iri);
    matrix.set([x, y, 0, 0, 0, 0, 1, 1, size, 0], place * PER_NODE);
  }
  const links = new Float32Array(edges.length * PER_EDGE);
  for (const [place, { source, target }] of edges.entries()) {
    links.set([rank.get(source), rank.get(target), 1], place * PER_EDGE);
    matrix[rank.get(source) + 6] += 1; // a node's mass is its degree and one
    matrix[rank.get(target) + 6] += 1;
  }
  const settings = { ...SETTINGS, barnesHutOptimize: nodes.length > MANY };
  for (let round = rounds(nodes.length); round > 0; round -= 1) iterate(settings, matrix, links);
  return new Map(
    nodes.map(({ iri }, place) => [iri, { x: matrix[place * PER_NODE], y: matrix[place * PER_NODE + 1] }]),
  );
}

function rounds(count) {
  const pairs = count > MANY ? count * MANY : count * count;
  return Math.max(40, Math.min(ROUNDS, Math.floor(WORK / Math.max(pairs, 1))));
}

function starts(nodes, from, centre) {
  const places = new Map();
  const fresh = nodes.filter(({ iri }) => !from.has(iri) && iri !== centre);
  const { x, y } = from.get(centre) ?? { x: 0, y: 0 };
  const radius = from.size ? 40 : 100;
  for (const { iri } of nodes) places.set(iri, from.get(iri) ?? { x, y });
  for (const [place, { iri }] of fresh.entries()) {
    const angle = (2 * Math.PI * place) / fresh.length;
    places.set(iri, { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) });
  }
  return places;
}
