// IRIs in, addresses of pages here out; and the other way round.

import { base } from "/static/base/vocabulary.js";

const FOLDERS = { entity: "/entity/", article: "/article/" };

/** The address here of an entity's page. */
export function entityAddress(iri) {
  return address("entity", iri);
}

/** The address here of an article's page, at a stretch of its text ({start, end}, code points) where one is given. */
export function articleAddress(iri, place) {
  const fragment = place ? `#char=${place.start},${place.end}` : "";
  return address("article", iri.split("#")[0]) + fragment;
}

function address(kind, iri) {
  const start = base()[kind];
  if (iri.startsWith(start)) {
    const short = FOLDERS[kind] + iri.slice(start.length);
    const url = new URL(short, location.origin);
    if (!url.search && !url.hash && place(url)?.iri === iri) return short;
  }
  return `${FOLDERS[kind]}?iri=${encodeURIComponent(iri)}`; // one of another base, or with what a path can't say
}

/** What an address shows: {page: "home" | "query" | "entity" | "article", iri}; null where there is no such page. */
export function place(url) {
  if (url.pathname === "/") return { page: "home" };
  if (url.pathname === "/query") return { page: "query" };
  for (const kind of ["entity", "article"]) {
    const said = url.searchParams.get("iri");
    for (const folder of [FOLDERS[kind], pathOf(base()[kind])]) {
      if (!url.pathname.startsWith(folder)) continue;
      const rest = url.pathname.slice(folder.length);
      if (!rest && !said) continue;
      return { page: kind, iri: rest ? base()[kind] + written(kind, rest) : said };
    }
  }
  return null;
}

function pathOf(iri) {
  try {
    return new URL(iri).pathname;
  } catch {
    return FOLDERS.entity;
  }
}

// Browsers encode what isn't ASCII. The IRIs of entities hold such letters as they are; those of articles encode them.
function written(kind, path) {
  if (kind === "article") return path;
  return path.replace(/(?:%[89A-F][0-9A-F])+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}
