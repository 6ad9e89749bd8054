// IRIs of entities and articles in, what the graph calls each of them out: {language: name}.

import { post } from "/static/base/api.js";
import { base } from "/static/base/vocabulary.js";

const PREFIXES = `PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dct: <http://purl.org/dc/terms/>`;
const SAFE = /^[^\s<>"{}|\\^`]+$/; // what SPARQL lets stand between < and >

/** A map from those that have a name. */
export async function called(iris, signal) {
  const { entity, article } = base();
  const ours = iris.filter((iri) => SAFE.test(iri) && (iri.startsWith(entity) || wholeArticle(iri, article)));
  const found = new Map();
  if (!ours.length) return found;
  const values = [...new Set(ours)].map((iri) => `<${iri}>`).join(" ");
  const query = `${PREFIXES} SELECT ?it ?name { VALUES ?it { ${values} } ?it skos:prefLabel|dct:title ?name }`;
  const answer = await post("/sparql", { query, format: "json" }, { signal });
  for (const { it, name } of (await answer.json()).results.bindings) {
    found.set(it.value, { ...found.get(it.value), [name["xml:lang"] ?? ""]: name.value });
  }
  return found;
}

function wholeArticle(iri, article) {
  return iri.startsWith(article) && !iri.includes("#");
}
