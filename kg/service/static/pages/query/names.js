// IRIs in, what SPARQL abbreviates them to out; and the other way round.

import { prefixes } from "/static/base/vocabulary.js";

const LOCAL = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u; // what needs no escape in SPARQL, 1.1, PN_LOCAL

/** An IRI as a prefixed name, or in < > where it has none. */
export function short(iri) {
  for (const [prefix, start] of Object.entries(prefixes())) {
    if (iri.startsWith(start) && LOCAL.test(iri.slice(start.length))) return `${prefix}:${iri.slice(start.length)}`;
  }
  return `<${iri}>`;
}

/** The declarations of all prefixes that the server knows: "kg: <https://…>", sorted. */
export function declarations() {
  return Object.entries(prefixes())
    .map(([prefix, iri]) => `${prefix}: <${iri}>`)
    .sort();
}

/** A query with declarations of those prefixes that it uses and leaves to the server, as the editor would complain. */
export function declared(text) {
  const isDeclared = (name) => new RegExp(`PREFIX\\s+${name}:`, "i").test(text);
  const used = [...new Set([...text.matchAll(/(?<![\w:<?$#/])(\w+):(?!\/\/)/g)].map(([, name]) => name))];
  const missing = used.filter((name) => Object.hasOwn(prefixes(), name) && !isDeclared(name)).sort();
  return missing.map((name) => `PREFIX ${name}: <${prefixes()[name]}>\n`).join("") + text;
}
