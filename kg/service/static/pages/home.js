// What the graph holds in, the first page out: figures, the latest articles, questions that are ready, other ways in.

import { get } from "/static/base/api.js";
import { h, put } from "/static/base/dom.js";
import { day, label, number, t, worded } from "/static/base/i18n.js";
import { articleAddress, entityAddress } from "/static/base/routes.js";
import { colour, localName } from "/static/base/vocabulary.js";
import { listing, pages } from "/static/parts/listing.js";
import { empty, failure, loading } from "/static/parts/states.js";

const FIGURES = ["articles", "entities", "statements", "events", "quotations"];
const FOLDERS = ["reports", "networks", "checks"]; // of queries, in the order that people need them
const KNOWN = 12; // of the best known entities

export default async function page(root, { signal }) {
  const known = h("section", { class: "home-known" });
  const latest = h("section", { "aria-labelledby": "latest", class: "home-latest" });
  const questions = h("section", { "aria-labelledby": "questions", class: "home-questions" });
  const parts = [showKnown(known, signal), showLatest(latest, signal), showQuestions(questions, signal)];
  const overview = await get("/api/overview", {}, { signal });
  if (signal.aborted) return;
  put(root, heading(overview));
  if (overview.articles || overview.entities) {
    root.append(known, h("div", { class: "home-columns" }, latest, questions, elsewhere()));
    await Promise.all(parts); // none fails: each says so in its own place
  } else {
    root.append(nothing(), elsewhere());
  }
}

function heading(overview) {
  const figure = (name) =>
    h(
      "div",
      { class: "home-figure" },
      h("dt", null, t(`home.${name}`, { count: overview[name] })),
      h("dd", { class: "figure" }, number(overview[name])),
    );
  return h(
    "header",
    { class: "home-head" },
    h("h1", null, t("home.title")),
    h("p", { class: "standfirst" }, t("home.standfirst")),
    h("dl", { class: "home-figures" }, FIGURES.filter((name) => name in overview).map(figure)),
  );
}

function nothing() {
  const commands = h("pre", null, "kg ingest dispatches/ --store news\nkg serve --store news");
  return h("section", null, empty(t("home.empty"), t("home.empty.do")), commands);
}

// Whom most articles tell of, as places to begin; without them the page is whole as well
async function showKnown(root, signal) {
  try {
    const { results } = await get("/api/search", { limit: KNOWN }, { signal });
    if (results.length)
      put(root, h("h2", { class: "label" }, t("home.known")), h("ul", { class: "plain chips" }, results.map(chip)));
  } catch {
    root.remove();
  }
}

function chip(result) {
  const properties = { class: "chip", href: entityAddress(result.iri), style: { "--type": colour(result.types) } };
  const dot = h("span", { class: "type-dot", "aria-hidden": "true" });
  const count = h(
    "span",
    { class: "quiet figure", title: t("count.articles", { count: result.articles }) },
    number(result.articles),
  );
  return h("li", null, h("a", properties, dot, h("bdi", null, label(result)), " ", result.articles ? count : null));
}

async function showLatest(root, signal) {
  const list = h("div");
  put(root, h("h2", { id: "latest", class: "section-title" }, t("home.latest")), list);
  let former = null;
  const draw = (article) => {
    const isNew = article.issued !== former;
    former = article.issued;
    return line(article, isNew);
  };
  const nothing = empty(t("home.no-articles"), t("home.empty.do"));
  await listing(list, pages("/api/articles", {}, signal), { draw, nothing, limit: 15, signal });
}

// A day stands before the first of its articles alone, as in a diary
function line({ iri, title, opening, issued, publisher }, isNew) {
  const when = isNew
    ? h("time", { datetime: issued }, issued ? day(issued, { short: true }) : t("home.undated"))
    : null;
  const link = h("a", { href: articleAddress(iri) }, title || opening || localName(iri));
  const by = publisher ? h("bdi", { class: "publisher" }, label(publisher)) : null;
  return h(
    "div",
    { class: `home-article${isNew ? " is-new" : ""}` },
    h("div", { class: "home-day" }, when),
    h("div", null, link, by),
  );
}

async function showQuestions(root, signal) {
  const list = h("div", null, loading());
  put(
    root,
    h("h2", { id: "questions", class: "section-title" }, t("home.questions")),
    h("p", { class: "quiet" }, t("home.questions.what")),
    list,
  );
  try {
    const { queries } = await get("/api/queries", {}, { signal });
    put(
      list,
      FOLDERS.map((folder) =>
        group(
          folder,
          queries.filter((each) => each.folder === folder),
        ),
      ),
    );
  } catch (error) {
    if (!signal.aborted)
      put(
        list,
        failure(error, () => showQuestions(root, signal)),
      );
  }
}

// The reports stand open; the others are a click away
function group(folder, queries) {
  const link = ({ name, words }) =>
    h("li", null, h("a", { href: `/query?name=${encodeURIComponent(`${folder}/${name}`)}` }, worded(words) || name));
  const items = h("ul", { class: "plain questions" }, queries.map(link));
  return h(
    "details",
    { open: folder === "reports" },
    h("summary", null, t(`home.folder.${folder}`), h("span", { class: "quiet figure" }, ` ${number(queries.length)}`)),
    items,
  );
}

// How to ask without a browser: what is typed is the same in any language
function elsewhere() {
  const address = `${location.origin}/sparql`;
  const ways = [
    ["curl", `curl ${address} --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 5' -H 'Accept: text/csv'`],
    ["pandas", `pandas.read_csv("${address}?format=csv&query=" + urllib.parse.quote(query))`],
    ["kg", `kg query "ASK { ?s ?p ?o }" --endpoint ${address}`],
  ];
  const way = ([name, text]) => [
    h("dt", null, name),
    h("dd", null, h("pre", { tabindex: "0", "aria-label": name }, text)),
  ];
  return h(
    "section",
    { class: "home-elsewhere", "aria-labelledby": "elsewhere" },
    h("h2", { id: "elsewhere", class: "section-title" }, t("home.elsewhere")),
    h(
      "p",
      { class: "quiet" },
      t("home.elsewhere.what", { sparql: address, graphs: `${location.origin}/graph-store` }),
    ),
    h("dl", { class: "ways" }, ways.map(way)),
  );
}
