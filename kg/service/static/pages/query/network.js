// The rows of an answer that has ?source and ?target in; nodes and edges for a picture out.

import { post } from "/static/base/api.js";

const NAMES = "?node <http://www.w3.org/2004/02/skos/core#prefLabel> ?name OPTIONAL { ?node a ?type }";

/** Whether rows with these variables are a network. */
export function isNetwork(names) {
  return names.includes("source") && names.includes("target");
}

/** {nodes, edges} of rows as SPARQL's JSON has them; rows of one edge are one, as heavy as all of them. */
export function network(rows) {
  const nodes = new Map();
  const edges = new Map();
  for (const row of rows) {
    if (!row.source || !row.target) continue;
    const ends = ["source", "target"].map((end) => node(nodes, row[end], row[`${end}_label`], row[`${end}_type`]));
    edge(edges, ends, row);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()].map(({ articles, ...rest }) => rest) };
}

/** Gives those of the nodes that came without a name or a type what the graph calls them, and their types. */
export async function name(nodes, signal) {
  const isKnown = ({ plain, label, types }) => plain !== undefined || (Object.keys(label).length && types.length);
  const nameless = new Map(nodes.filter((it) => !isKnown(it)).map((it) => [it.iri, it]));
  if (!nameless.size) return;
  const values = [...nameless.keys()].map((iri) => `<${iri}>`).join(" ");
  const query = `SELECT ?node ?name ?type { VALUES ?node { ${values} } ${NAMES} }`;
  const answer = await post("/sparql", { query, format: "json" }, { signal });
  for (const { node, name, type } of (await answer.json()).results.bindings) {
    const it = nameless.get(node.value);
    it.label[name["xml:lang"] ?? ""] = name.value;
    if (type) it.types = [...new Set([...it.types, type.value])].sort();
  }
}

// What is no IRI is drawn as its words, under a key that no IRI is.
function node(nodes, { type, value }, name, kind) {
  const iri = type === "uri" ? value : `"${value}"`;
  if (!nodes.has(iri)) {
    const label = name ? { [name["xml:lang"] ?? ""]: name.value } : {};
    nodes.set(iri, { iri, label, types: kind ? [kind.value] : [], ...(type === "uri" ? {} : { plain: value }) });
  }
  return iri;
}

function edge(edges, [source, target], row) {
  const predicate = row.predicate?.value ?? "";
  const factuality = row.factuality?.value;
  const [former, attributed] = [row.former?.value === "true", Boolean(row.attributed_to)];
  const key = [source, predicate, target, factuality, former, attributed].join(" ");
  const day = (name) => row[name]?.value?.slice(0, 10) ?? null;
  const known = edges.get(key) ?? {
    source,
    target,
    predicate,
    factuality,
    former,
    attributed,
    weight: 0,
    firstSeen: null,
    lastSeen: null,
    articles: new Set(),
  };
  edges.set(key, known);
  const article = row.article?.value;
  if (!article || !known.articles.has(article)) known.weight += Number(row.weight?.value) || 1;
  known.articles.add(article);
  known.firstSeen = least(known.firstSeen, day("first_seen"));
  known.lastSeen = least(known.lastSeen, day("last_seen"), -1);
}

function least(one, other, sign = 1) {
  if (!one || !other) return one ?? other;
  return (one < other ? sign : -sign) > 0 ? one : other;
}
