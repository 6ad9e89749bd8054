// An entity's IRI in, its page out.

import { get } from "/static/api.js";
import { h, put } from "/static/dom.js";
import { label } from "/static/i18n.js";

export default async function page(root, { iri, signal }) {
  const entity = await get("/api/entity", { iri }, { signal });
  put(root, h("h1", null, label(entity)));
}
