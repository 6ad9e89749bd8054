// A marked text and the layers that are to be seen in, a column out: paragraphs whose marks are links and buttons.

import { h, put } from "/static/base/dom.js";
import { label, period, t } from "/static/base/i18n.js";
import { entityAddress } from "/static/base/routes.js";
import { sliced } from "/static/base/slices.js";
import { colour } from "/static/base/vocabulary.js";
import { mainStanding, shape, standings } from "/static/parts/statement.js";
import { words } from "/static/pages/article/marks.js";
import { paragraphs, pieces } from "/static/pages/article/spans.js";

const SIDES = { ArrowRight: 1, ArrowLeft: -1 };
const KINDS = ["Name", "Nominal", "Pronoun", "Metonym"]; // of mentions

/** A column of text. Its marks are one stop of the Tab key, between which the arrow keys go. */
export class Column {
  /** Calls back: `hover(id)` with what is pointed at, or null, `choose(id, element)` with what is chosen, `explain(said,
   * meant)` with a time expression. */
  constructor(article, marks, { hover, choose, explain }) {
    this.article = article;
    this.marks = marks;
    this.choose = choose;
    this.explain = explain;
    const on = {
      click: (event) => this.#clicked(event),
      keydown: (event) => this.#pressed(event),
      focusin: ({ target }) => (this.#rove(target), hover(target.dataset.told ?? null)),
      focusout: () => hover(null),
      pointerover: ({ target }) => hover(target.closest("[data-told]")?.dataset.told ?? null),
      pointerleave: () => hover(null),
    };
    const names = { role: "group", "aria-label": t("article.text"), "aria-describedby": "column-keys" };
    this.element = h("div", { class: `column ${marks.isWhole ? "" : "column-patched"} ${article.quotations.length ? "" : "column-plain"}`, lang: article.language, ...names, on });
  }

  /** Sets the text anew, with the marks of these layers. A long one comes in slices; false: it was given up. */
  async set(layers, signal) {
    const turn = (this.turn = Symbol("one setting"));
    const isWanted = () => this.turn === turn && !signal.aborted;
    put(this.element);
    this.nodes = [];
    this.speaker = null;
    const ranges = paragraphs(this.marks.text);
    const lists = pieces(this.marks.spans.filter(({ layer }) => layers.has(layer)), ranges);
    for await (const [place, list] of sliced(lists.entries(), isWanted)) {
      this.element.append(this.#paragraph(list, ranges[place]));
    }
    if (!isWanted()) return false;
    this.#stops()[0]?.setAttribute("tabindex", "0");
    return true;
  }

  /** Lights stretches of the text, by the rules that CSS has for a highlight of this name. */
  light(name, spans) {
    // as ranges, for they may cross whatever is marked; an old browser that lights none still scrolls there
    CSS.highlights?.set(name, new Highlight(...spans.map((span) => this.#range(span)).filter(Boolean)));
  }

  /** Scrolls to a stretch. */
  reveal(span) {
    const range = span && this.#range(span);
    range?.startContainer.parentElement.scrollIntoView({ block: "center" });
  }

  // In units; null where the text does not have it.
  #range({ start, end }) {
    const [from, to] = [this.#node(start, false), this.#node(end, true)];
    if (!from || !to) return null;
    const range = document.createRange();
    range.setStart(from.node, Math.min(from.node.length, start - from.start));
    range.setEnd(to.node, Math.min(to.node.length, end - to.start));
    return range;
  }

  // The text node that holds an offset: the last one that begins before it, or at it.
  #node(offset, isEnd) {
    let [low, high] = [0, this.nodes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const { start } = this.nodes[middle];
      if (start < offset || (start === offset && !isEnd)) low = middle + 1;
      else high = middle;
    }
    return this.nodes[low - 1];
  }

  #paragraph(list, { end }) {
    const groups = [];
    for (const piece of list) {
      const mention = piece.spans.findLast(({ layer }) => layer === "mentions");
      const marks = this.#marks(piece, end);
      if (mention && groups.at(-1)?.mention === mention && !marks.before.length) groups.at(-1).parts.push(piece);
      else groups.push({ mention, parts: [piece], before: marks.before });
      if (marks.after.length) groups.push({ after: marks.after });
    }
    return h("p", null, groups.map((group) => (group.after ? group.after : this.#group(group))));
  }

  #group({ mention, parts, before }) {
    const pieces = parts.map((piece) => this.#piece(piece, Boolean(mention)));
    return [before, mention ? this.#link(mention, parts[0], pieces) : pieces];
  }

  // The words of a piece, in the dress of all that they are.
  #piece({ start, end, spans }, isLinked) {
    const node = document.createTextNode(this.marks.text.slice(start, end));
    this.nodes.push({ start, node });
    const of = (layer, isCore) => spans.findLast((span) => span.layer === layer && (!isCore || span.core));
    const [quotation, statement, event, time] = [of("quotations", true), of("statements"), of("events", true), of("times")];
    const told = event ?? statement ?? of("quotations") ?? of("events");
    if (!told && !time) return node;
    const names = [quotation && "quoted", statement && "stated", event && "trigger", dress(event ?? statement)];
    const inner = time && !isLinked ? this.#time(time, node) : node;
    return h("span", { class: names.filter(Boolean).join(" ") || null, dataset: told ? { told: told.told.id } : null }, inner);
  }

  #link(span, piece, children) {
    const { entity, type: said } = span.mention;
    const type = KINDS.includes(said) ? said : "Name";
    const thing = this.article.entities[entity] ?? { iri: entity, label: {} };
    const kind = [thing.types?.length ? label(thing.types[0]) : "", t(`mention.${type}`)].filter(Boolean).join(", ");
    const names = { class: `mention mention-${type}`, title: `${label(thing)} (${kind})`, style: { "--type": colour(thing.types) } };
    const dataset = piece.start === span.start ? { stop: "" } : {};
    return h("a", { ...names, href: entityAddress(entity), tabindex: -1, dataset }, children);
  }

  #time({ time }, node) {
    const meant = period(time.begin, time.until) || words(time.text);
    const names = { class: "moment", datetime: time.begin, title: meant, role: "button", tabindex: -1 };
    return h("time", { ...names, dataset: { stop: "" } }, node);
  }

  // The signs before and after a piece: where a quotation opens and closes, where an event or a statement is.
  #marks({ start, end, spans }) {
    const ends = (span) => span.end === end;
    const begins = (span) => span.start === start;
    const quotations = spans.filter(({ layer, core }) => layer === "quotations" && core);
    const events = spans.filter(({ layer, core }) => layer === "events" && core);
    const statements = spans.filter(({ layer }) => layer === "statements");
    const closing = () => h("span", { class: "sign-close", "aria-hidden": "true" });
    return {
      before: [...quotations.filter(begins).map((span) => this.#opening(span)), ...events.filter(begins).map(sign)],
      after: [...quotations.filter(ends).map(closing), ...statements.filter(ends).map(sign)],
    };
  }

  #opening(span) {
    const { speaker } = span.told.record;
    const name = speaker ? label(speaker) : t("quotation.nobody");
    const isNew = name !== this.speaker;
    this.speaker = name;
    return [
      isNew ? h("span", { class: "speaker", "aria-hidden": "true", dataset: { name } }) : null,
      h("span", { ...stop(span), class: "sign sign-open", "aria-label": t("article.quotation", { name }), title: name }),
    ];
  }

  #clicked(event) {
    const told = event.target.closest("[data-told]");
    const moment = event.target.closest(".moment");
    if (event.target.closest("a[href]")) return;
    if (moment) this.explain(moment.textContent, moment.title);
    else if (told) this.choose(told.dataset.told, event.target.closest(".sign") ?? told);
  }

  #pressed(event) {
    const stops = this.#stops();
    const place = stops.indexOf(event.target);
    const next = { Home: stops[0], End: stops.at(-1) }[event.key] ?? stops[place + (SIDES[event.key] ?? NaN)];
    const isPressed = (event.key === "Enter" || event.key === " ") && event.target.matches("[role=button]");
    if (place < 0 || !(isPressed || next) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (isPressed) event.target.click();
    else next.focus();
  }

  #rove(target) {
    if (!target.matches("[data-stop]")) return;
    this.element.querySelector('[data-stop][tabindex="0"]')?.setAttribute("tabindex", "-1");
    target.setAttribute("tabindex", "0");
  }

  #stops() {
    return [...this.element.querySelectorAll("[data-stop]")];
  }
}

// The colour of a standing, which its sign has too.
function dress(span) {
  return span && `standing-${mainStanding(span.told.record)}`;
}

// Not a <button>: a line breaks before and after one, and would part it from its word.
function stop({ told }) {
  return { role: "button", tabindex: -1, dataset: { stop: "", told: told.id } };
}

function sign(span) {
  const { record, layer } = span.told;
  const what = label(layer === "events" ? record.eventType : record.predicate);
  const standing = standings(record).map((name) => t(`standing.${name}.plain`)).join(", ");
  const said = t("article.sign", { what, standing });
  const names = { class: `sign sign-${layer} ${dress(span)}`, "aria-label": said, title: said };
  return h("span", { ...stop(span), ...names }, shape(mainStanding(record)));
}
