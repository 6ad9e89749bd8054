// What the server tells of its terms in, their names and colours out; asked for once.

import { get } from "/static/base/api.js";

const DEFAULT = { entity: "https://w3id.org/dateline/entity/", article: "https://w3id.org/dateline/article/" };
const NEUTRAL = "#77736b";
const NAMESPACE = "https://w3id.org/dateline/ns#";

let terms = {};
let bases = DEFAULT;
let known = {};

/** Reads the vocabulary; what comes after may be asked without waiting. Throws `Failure`. */
export async function load({ signal } = {}) {
  const answer = await get("/api/vocabulary", {}, { signal });
  terms = answer.terms;
  for (const { label, comment } of Object.values(terms)) [label, comment].forEach(typeset);
  bases = { ...DEFAULT, ...answer.bases };
  known = answer.prefixes ?? {};
}

// The ontology's French is typed as on a typewriter; it is read as in print.
function typeset(words) {
  if (words?.fr) words.fr = words.fr.replaceAll("'", "’").replace(/ ([:;?!»])/g, "\u00a0$1").replaceAll("« ", "«\u00a0");
}

/** The IRI of a term of Dateline's own: kg("Planned"). */
export function kg(name) {
  return NAMESPACE + name;
}

/** What is known of a term: {label, comment, kind, colour}; undefined where nothing is. */
export function term(iri) {
  return terms[iri];
}

/** The terms of a kind, such as "relation", as [iri, term]. */
export function termsOf(kind) {
  return Object.entries(terms).filter(([, each]) => each.kind === kind);
}

/** What the IRIs of entities and articles begin with: {entity, article}. */
export function base() {
  return bases;
}

/** What queries may abbreviate: {prefix: what IRIs begin with}. */
export function prefixes() {
  return known;
}

/** The colour of the first type that has one. */
export function colour(types) {
  return (types ?? []).map((iri) => terms[iri]?.colour).find(Boolean) ?? NEUTRAL;
}

/** What an IRI ends in, for want of a name. */
export function localName(iri) {
  const tail =
    iri
      .replace(/[/#]+$/, "")
      .split(/[/#]/)
      .pop() || iri;
  try {
    return decodeURIComponent(tail);
  } catch {
    return tail;
  }
}
