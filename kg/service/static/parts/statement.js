// Records of the graph in (a statement, an event, a quotation, as /api gives them), cards out that tell them in words:
// who, what, whom; whether it is so; who says it; and the words that prove it.
//
// Options of the cards: `here`, the IRI of the entity or article whose page it is (an entity is not linked to its own
// page, an article not named on its own); `id`, an id for the card; `evidence: false` leaves the words out; `others`,
// records that say the same in other places, which are told on the same card.

import { h, svg } from "/static/base/dom.js";
import { comment, day, inLanguage, label, period, t } from "/static/base/i18n.js";
import { articleAddress, entityAddress } from "/static/base/routes.js";
import { base, colour, kg, localName } from "/static/base/vocabulary.js";

// A standing is told by a shape, a colour (in CSS, by its name) and a word, so that no one of the three is needed.
const SHAPES = {
  asserted: [["circle", { cx: 8, cy: 8, r: 5.5, class: "full" }]],
  planned: [["path", { d: "M3 2.5L13.5 8 3 13.5z" }]],
  possible: [["circle", { cx: 8, cy: 8, r: 5.5, "stroke-dasharray": "2.3 2.3" }]],
  denied: [["path", { d: "M3 3l10 10M13 3L3 13" }]],
  attributed: [["path", { d: "M2 3h12v8H8l-4 3v-3H2z" }]],
  former: [
    ["circle", { cx: 8, cy: 8, r: 5.5 }],
    ["path", { d: "M8 2.5a5.5 5.5 0 0 0 0 11z", class: "full" }],
  ],
};

const FACTUALITIES = ["asserted", "planned", "possible", "denied"];

/** The names of the standings of a record, the weightiest first: of "asserted", "planned", "possible", "denied",
 * "attributed", "former". What is said to be anything else is possible at most. */
export function standings({ factuality, former, attributedTo }) {
  const said = localName(factuality ?? "Asserted").toLowerCase();
  const names = [FACTUALITIES.includes(said) ? said : "possible"];
  if (former) names.push("former");
  if (attributedTo) names.push("attributed");
  return names.length > 1 ? names.filter((name) => name !== "asserted") : names;
}

/** The name of the standing that a record is coloured by. */
export function mainStanding(record) {
  return standings(record)[0];
}

/** A record's standings, each a shape with its word and colour; who it is attributed to is linked. */
export function standing(record, { here } = {}) {
  return h(
    "span",
    { class: "standings" },
    standings(record).map((name) => badge(name, record, here)),
  );
}

function badge(name, { factuality, attributedTo }, here) {
  const said =
    name === "attributed" ? [t("standing.attributed"), " ", thing(attributedTo, { here })] : t(`standing.${name}`);
  const meaning = ["former", "attributed"].includes(name)
    ? t(`standing.${name}.meaning`)
    : comment(kg(localName(factuality ?? "Asserted")));
  return h("span", { class: `standing standing-${name}`, title: meaning || null }, shape(name), h("span", null, said));
}

/** The shape of a standing by its name. */
export function shape(name) {
  const parts = (SHAPES[name] ?? SHAPES.possible).map(([tag, properties]) => svg(tag, properties));
  return svg("svg", { class: "shape", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" }, parts);
}

/** A thing by its name, linked to its page unless that is the page we are on. */
export function thing(it, { here } = {}) {
  if (!it) return null;
  const name = label(it);
  const properties = {
    class: "thing",
    style: { "--type": colour(it.types) },
    title: it.types?.length ? label(it.types[0]) : null,
  };
  if (it.iri === here) return h("strong", { ...properties, class: "thing thing-here" }, name);
  return h("a", { ...properties, href: addressOf(it.iri) }, name);
}

// Who has no name is known by the words of an article
function addressOf(iri) {
  const place = /#char=(\d+),(\d+)$/.exec(iri);
  return place && iri.startsWith(base().article)
    ? articleAddress(iri, { start: place[1], end: place[2] })
    : entityAddress(iri);
}

// A value or a thing, as the object of a statement
function object(it, options) {
  if (it.iri) return thing(it, options);
  return h("span", { class: "value" }, /#date$/.test(it.datatype ?? "") ? day(it.value) : it.value);
}

/** A card that tells a statement. */
export function statementCard(statement, options = {}) {
  const { subject, predicate, object: it, roleTitle } = statement;
  const sentence = h(
    "p",
    { class: "card-sentence" },
    thing(subject, options),
    " ",
    h("span", { class: "relation", title: comment(predicate) || null }, label(predicate)),
    " ",
    object(it, options),
    roleTitle ? h("span", { class: "role" }, ` ${t("statement.role", { role: text(roleTitle) })}`) : null,
  );
  return card("statement", statement, sentence, options);
}

/** A card that tells an event: of what type, who did it to whom, and where. */
export function eventCard(event, options = {}) {
  const part = (role, things) =>
    things?.length
      ? h("span", { class: "part" }, h("span", { class: "part-role" }, t(`event.${role}`)), " ", list(things, options))
      : null;
  const sentence = h(
    "p",
    { class: "card-sentence" },
    h("span", { class: "event-type", title: comment(event.eventType) || null }, label(event.eventType)),
    event.trigger ? h("span", { class: "event-words" }, ` ${t("event.words", { words: text(event.trigger) })}`) : null,
    part("agents", event.agents),
    part("patients", event.patients),
    part("places", event.places),
  );
  return card("event", event, sentence, options);
}

/** A card that tells a quotation: who said it, and in which words. */
export function quotationCard(quotation, options = {}) {
  const speaker = quotation.speaker ? thing(quotation.speaker, options) : t("quotation.nobody");
  const sentence = h(
    "div",
    { class: "card-sentence" },
    h(
      "p",
      { class: "quotation-speaker" },
      speaker,
      quotation.cue ? h("span", { class: "cue" }, ` ${text(quotation.cue)}`) : null,
    ),
    h("blockquote", { class: quotation.direct ? "direct" : "indirect" }, text(quotation.text)),
  );
  return card("quotation", quotation, sentence, { ...options, evidence: false, standing: false });
}

function list(things, options) {
  return things.flatMap((each, place) => (place ? [", ", thing(each, options)] : [thing(each, options)]));
}

// Literals come as text, or as {language: text}.
function text(literal) {
  return typeof literal === "string" ? literal : inLanguage(literal);
}

function card(kind, record, sentence, options) {
  const isBare = options.standing === false;
  const head = h("header", { class: "card-head" }, isBare ? null : standing(record, options), when(record));
  return h(
    "article",
    { class: `card ${kind}-card card-${isBare ? "plain" : mainStanding(record)}`, id: options.id ?? null },
    body(record, [head.childElementCount ? head : null, sentence], options),
    others(options.others ?? [], options),
  );
}

function body(record, told, options) {
  const evidence = record.evidence ?? [];
  const proofs = options.evidence === false ? null : evidence.map(proof);
  return h("div", { class: "card-body" }, h("div", null, told, proofs), source(record, evidence[0], options));
}

// The first is shown with the card, the rest on demand
function others(records, options) {
  const [first, ...rest] = records.map((record) => body(record, [], options));
  if (!rest.length) return first;
  const summary = h("summary", null, t("statement.others", { count: rest.length }));
  return [first, h("details", { class: "card-others" }, summary, rest)];
}

/** Lists of those statements that say the same, with the same standing and days, the first of each in its place. */
export function folded(statements) {
  const groups = new Map();
  for (const statement of statements) {
    const { subject, predicate, object: it, begin, end, attributedTo } = statement;
    const said = [subject.iri, predicate, it.iri ?? it.value, begin, end, attributedTo?.iri, ...standings(statement)];
    const key = JSON.stringify(said);
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  }
  return [...groups.values()];
}

function when({ begin, end, timeText }) {
  const said = period(begin, end, { short: true });
  if (!said) return timeText ? h("span", { class: "when" }, text(timeText)) : null;
  return h("time", { class: "when", datetime: begin ?? end, title: timeText ? text(timeText) : null }, said);
}

/** The words that prove something, within what stands around them; points stand where a sentence goes on. */
export function proof({ text: words, before, after }) {
  const isBegun = before && !/^["'«“(\s]*[\p{Lu}\d]/u.test(before);
  const goesOn = after && !/[.!?…»”"]\s*$/.test(after);
  return h("p", { class: "proof" }, isBegun ? "… " : null, before, h("mark", null, words), after, goesOn ? " …" : null);
}

// Where it stands: the article, linked to the place, its publisher and day.
function source({ article, rule, confidence }, place, { here }) {
  if (!article) return null;
  const how = rule ? t("statement.rule", { rule, confidence: confidence ?? "" }) : null;
  if (article.iri === here) return how ? h("footer", { class: "card-source", title: how }) : null;
  return h(
    "footer",
    { class: "card-source" },
    h("a", { href: articleAddress(article.iri, place), title: how }, text(article.title ?? "") || article.opening || localName(article.iri)),
    article.publisher ? h("bdi", { class: "publisher" }, label(article.publisher)) : null,
    article.issued ? h("time", { datetime: article.issued }, day(article.issued, { short: true })) : null,
  );
}
