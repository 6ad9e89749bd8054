// An entity's IRI in, its page out: who it is, what is stated about it, what it said, what happened, whom it goes with.

import { ahead, get, imported } from "/static/base/api.js";
import { h, put } from "/static/base/dom.js";
import { comment, day, label, t } from "/static/base/i18n.js";
import { remember } from "/static/base/navigation.js";
import { entityAddress } from "/static/base/routes.js";
import { colour } from "/static/base/vocabulary.js";
import { listing, pages } from "/static/parts/listing.js";
import { folded, quotationCard, statementCard } from "/static/parts/statement.js";
import { empty, failure, loading } from "/static/parts/states.js";
import { tabs } from "/static/parts/tabs.js";
import { DAYS, chosen, filters } from "/static/pages/entity/filters.js";

const NAMES = 6; // that are shown at once
const NARROWING = ["relation", "standing", "since", "until"];
const NEIGHBOURS = 200; // as many as graph.js asks for
const MANY = 50; // statements, as those that say the same are told as one

export default async function page(root, { iri, parameters, signal, navigate }) {
  begin[parameters.get("tab") ?? "statements"]?.(iri, parameters, signal);
  const entity = await get("/api/entity", { iri }, { signal });
  const context = { entity, signal, navigate };
  const sections = [
    section("statements", entity.counts.statements, (panel) => showStatements(panel, context)),
    section("events", entity.counts.events, (panel) => showEvents(panel, context)),
    section("said", entity.counts.quotations, (panel) => showQuotations(panel, context, "speaker")),
    section("about", entity.counts.about, (panel) => showQuotations(panel, context, "about")),
    section("network", undefined, (panel) => showNetwork(panel, context)),
  ];
  const first = sections.find(({ count }) => count)?.name ?? "statements";
  const selected = parameters.get("tab") ?? first;
  const shown = tabs(t("entity.sections"), sections, {
    selected,
    chosen: (name) => remember({ tab: name === first ? null : name }),
  });
  put(root, heading(entity), shown.element);
  shown.begin();
}

// What a section will ask for, under way while it is not known yet who this is
const begin = {
  statements: (iri, parameters, signal) =>
    ahead("/api/statements", { entity: iri, ...chosen(parameters), offset: 0, limit: MANY }, { signal }),
  network: (iri, parameters, signal) => {
    const isNarrowed = NARROWING.some((name) => parameters.get(name)); // which graph.js asks for in its own words
    if (!isNarrowed) ahead("/api/neighbours", { entity: iri, limit: NEIGHBOURS }, { signal });
    for (const module of ["graph", "scene"]) import(`/static/graph/${module}.js`).catch(() => {}); // told when it is shown
  },
};

function section(name, count, draw) {
  return { name, title: t(`entity.${name}`), count, draw };
}

// ---------------------------------------------------------------- Who it is

function heading(entity) {
  const type = (iri) => h("span", { class: "type", title: comment(iri) || null }, label(iri));
  return h(
    "header",
    { class: "entity-head", style: { "--type": colour(entity.types) } },
    h("p", { class: "kicker" }, h("span", { class: "type-dot", "aria-hidden": "true" }), entity.types.map(type)),
    h("h1", null, label(entity)),
    names(entity),
    facts(entity),
    entity.replacedBy ? replaced(entity.replacedBy) : null,
  );
}

function names(entity) {
  const others = entity.names.filter(({ text }) => text !== label(entity));
  if (!others.length) return null;
  const name = ({ text, language }) =>
    h("li", { lang: language || null }, text, language ? h("span", { class: "quiet" }, ` ${language}`) : null);
  const [first, rest] = [others.slice(0, NAMES), others.slice(NAMES)];
  return h(
    "div",
    { class: "names" },
    h("span", { class: "names-title" }, t("entity.names")),
    h("ul", { class: "plain" }, first.map(name)),
    rest.length
      ? h(
          "details",
          null,
          h("summary", null, t("entity.names.more", { count: rest.length })),
          h("ul", { class: "plain" }, rest.map(name)),
        )
      : null,
  );
}

function facts({ iri, articles, firstSeen, lastSeen, links }) {
  const fact = (name, ...what) => h("div", null, h("dt", null, name), h("dd", null, what));
  const seen = (iso) => h("time", { datetime: iso }, day(iso));
  const between = (nodes) => nodes.flatMap((node, place) => (place ? [", ", node] : [node]));
  return h(
    "dl",
    { class: "facts" },
    articles ? fact(t("entity.told"), t("count.articles", { count: articles })) : null,
    firstSeen ? fact(t("entity.first"), seen(firstSeen)) : null,
    lastSeen && lastSeen !== firstSeen ? fact(t("entity.last"), seen(lastSeen)) : null,
    links.length ? fact(t("entity.links"), between(links.map(outward))) : null,
    fact(t("entity.data"), between(files(iri))),
    h("div", { class: "fact-wide" }, h("dt", null, t("entity.iri")), h("dd", null, h("code", { class: "iri" }, iri))),
  );
}

// What stands here, for programs: the address and a suffix
function files(iri) {
  const address = new URL(entityAddress(iri), location.origin);
  const formats = { ttl: "Turtle", jsonld: "JSON-LD" };
  const file = ([suffix, name]) =>
    h("a", { href: `${address.pathname}.${suffix}${address.search}`, download: true }, name);
  return Object.entries(formats).map(file);
}

const ELSEWHERE = [
  [
    /^https?:\/\/www\.wikidata\.org\/(?:entity|wiki)\/(Q\d+)$/,
    (id) => ["Wikidata", id, `https://www.wikidata.org/wiki/${id}`],
  ],
  [/^https?:\/\/(?:sws|www)\.geonames\.org\/(\d+)/, (id) => ["GeoNames", id, `https://www.geonames.org/${id}/`]],
];

// A page elsewhere: who keeps it, and what it is called there. Nobody there learns where the reader came from.
function outward(iri) {
  const known = ELSEWHERE.map(([pattern, name]) => (pattern.exec(iri) ? name(pattern.exec(iri)[1]) : null)).find(
    Boolean,
  );
  const [keeper, name, address] = known ?? [host(iri), "", iri];
  return h(
    "a",
    { href: address, rel: "noopener noreferrer external", target: "_blank", class: "outward" },
    `${keeper} ${name}`.trim(),
  );
}

function host(iri) {
  try {
    return new URL(iri).host || iri;
  } catch {
    return iri;
  }
}

function replaced(iri) {
  return h("p", { class: "notice" }, t("entity.replaced"), " ", h("a", { href: entityAddress(iri) }, label(iri)));
}

// ---------------------------------------------------------------- What is stated about it

function showStatements(panel, { entity, signal }) {
  const list = h("div");
  const count = h("p", { class: "count", role: "status" });
  let asking = new AbortController();
  const show = (wanted) => {
    asking.abort(); // what was chosen before
    asking = new AbortController();
    const either = AbortSignal.any([signal, asking.signal]);
    const nothing = Object.values(wanted).some(Boolean) ? "filters.none" : "entity.no-statements";
    listing(list, pages("/api/statements", { entity: entity.iri, ...wanted }, either), {
      draw: (statement, others) => statementCard(statement, { here: entity.iri, others }),
      fold: folded,
      limit: MANY,
      nothing: empty(t(nothing), t(`${nothing}.do`)),
      told: ({ total }) => put(count, total ? t("count.statements", { count: total }) : null),
      signal: either,
    });
  };
  const bar = filters({ relations: entity.relations, parameters: address(), show });
  put(
    panel,
    h("h2", { class: "visually-hidden" }, t("entity.statements")),
    entity.counts.statements > 1 ? bar.element : null,
    count,
    list,
  );
  bar.begin();
}

// ---------------------------------------------------------------- What it said, and what was said about it

function showQuotations(panel, { entity, signal }, role) {
  const list = h("div");
  const name = role === "speaker" ? "said" : "about";
  const count = h("p", { class: "count", role: "status" });
  let asking = new AbortController();
  const show = (wanted) => {
    asking.abort();
    asking = new AbortController();
    const either = AbortSignal.any([signal, asking.signal]);
    const isNarrowed = Object.values(wanted).some(Boolean);
    listing(list, pages("/api/quotations", { entity: entity.iri, role, ...wanted }, either), {
      draw: (quotation) => quotationCard(quotation, { here: entity.iri }),
      nothing: isNarrowed ? empty(t("filters.no-quotations"), t("filters.no-quotations.do")) : empty(t(`entity.no-${name}`)),
      told: ({ total }) => put(count, isNarrowed && total ? t("count.quotations", { count: total }) : null),
      signal: either,
    });
  };
  const bar = filters({ parameters: address(), show, names: DAYS, title: t("filters.quotations") });
  const all = entity.counts[role === "speaker" ? "quotations" : "about"];
  const isChosen = all > 1 || Object.values(chosen(address(), DAYS)).some(Boolean); // as who sent the address chose
  put(panel, h("h2", { class: "visually-hidden" }, t(`entity.${name}`)), isChosen ? bar.element : null, count, list);
  if (isChosen) bar.begin();
  else show({});
}

// What the address says now, which the controls of another tab may have changed
function address() {
  return new URLSearchParams(location.search);
}

// ---------------------------------------------------------------- What happened, and whom it goes with

async function showEvents(panel, { entity, signal }) {
  await drawn(panel, signal, async () => {
    const { timeline } = await imported(import("/static/pages/entity/timeline.js"));
    await timeline(panel, { iri: entity.iri, signal });
  });
}

async function showNetwork(panel, { entity, signal, navigate }) {
  await drawn(panel, signal, async () => {
    const { mount } = await imported(import("/static/graph/graph.js"));
    const container = h("div", { class: "graph-container" });
    put(panel, h("h2", { class: "visually-hidden" }, t("entity.network")), container);
    await mount(container, { iri: entity.iri, parameters: address(), signal, navigate });
  });
}

// What takes a module of its own: it may fail to load, and says so in its own place
async function drawn(panel, signal, draw) {
  put(panel, loading());
  try {
    await draw();
  } catch (error) {
    if (!signal.aborted)
      put(
        panel,
        failure(error, () => drawn(panel, signal, draw)),
      );
  }
}
