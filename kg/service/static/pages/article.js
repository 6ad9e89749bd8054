// The IRI of an article in, its page out: the text as it was read, what was read in it beside it, each tied to the other.

import { get } from "/static/base/api.js";
import { h, put } from "/static/base/dom.js";
import { day, t } from "/static/base/i18n.js";
import { localName } from "/static/base/vocabulary.js";
import { thing } from "/static/parts/statement.js";
import { empty } from "/static/parts/states.js";
import { Column } from "/static/pages/article/column.js";
import { chosen, switcher } from "/static/pages/article/layers.js";
import { marked, words } from "/static/pages/article/marks.js";
import { Told } from "/static/pages/article/told.js";

/** Draws the page; throws `Failure`. */
export default async function page(root, { iri, signal }) {
  const article = await get("/api/article", { iri }, { signal });
  const reading = new Reading(article, signal);
  put(root, h("article", { class: "article" }, head(article), reading.text, reading.told.element));
  await reading.set(chosen());
  if (signal.aborted) return;
  reading.follow(location.hash);
  window.addEventListener("hashchange", () => reading.follow(location.hash), { signal });
  const escaped = ({ key, defaultPrevented }) => key === "Escape" && !defaultPrevented && reading.leave();
  document.addEventListener("keydown", escaped, { signal });
  signal.addEventListener("abort", () => CSS.highlights?.clear());
  await reading.told.fill(signal);
}

function head({ iri, title, opening, language, issued, publisher, place, sources }) {
  const line = [
    publisher ? thing(publisher) : null,
    issued ? h("time", { datetime: issued }, day(issued)) : null,
    place ? thing(place) : null,
    ...sources.map((source) => h("a", { href: source, rel: "noopener noreferrer", title: source }, t("article.source"))),
  ];
  return h(
    "header",
    { class: "article-head" },
    h("h1", { lang: language }, words(title ?? "") || opening || localName(iri)),
    h("ul", { class: "plain article-line" }, line.filter(Boolean).map((each) => h("li", null, each))),
  );
}

/** The text and what was told in it: what is pointed at in the one is lit in the other. */
class Reading {
  constructor(article, signal) {
    this.signal = signal;
    this.marks = marked(article);
    this.records = new Map(this.marks.told.map((one) => [one.id, one]));
    this.note = h("p", { class: "article-note", role: "status" });
    this.column = new Column(article, this.marks, {
      hover: (id) => this.hover(id),
      choose: (id, element) => this.choose(id, element),
      explain: (said, meant) => put(this.note, h("q", null, said), " ", meant),
    });
    this.told = new Told(this.marks.told, {
      here: article.iri,
      hover: (id) => this.hover(id),
      show: (id) => this.show(id),
      leave: () => this.leave(),
    });
    this.text = h(
      "div",
      { class: "article-text" },
      switcher(article, (layers) => this.set(layers)),
      this.marks.isWhole ? null : empty(t("article.textless"), t(this.marks.text ? "article.textless.words" : "article.textless.none")),
      this.column.element,
      h("p", { class: "column-keys", id: "column-keys" }, t("article.keys")),
      this.note,
    );
  }

  /** Sets the text with some layers of marks. */
  async set(layers) {
    this.told.only(layers);
    if (await this.column.set(layers, this.signal)) this.#light();
  }

  /** Lights the words and the card of what is pointed at; null: of what was chosen before. */
  hover(id) {
    if (id === this.hovered) return;
    this.hovered = id;
    this.#light();
  }

  /** Shows what a stretch of the text became: its card, to which the keyboard goes. */
  choose(id, element) {
    this.chosen = id;
    this.back = element;
    this.told.mark(id, { focus: true });
    this.#light();
  }

  /** Shows the words of a card in the text. */
  show(id) {
    this.chosen = id;
    this.told.mark(id);
    this.#light();
    this.column.reveal(this.records.get(id).spans[0]);
  }

  /** Shows the stretch that an address ends in: #char=12,34, as RFC 5147 has it. */
  follow(hash) {
    const [, start, end] = /^#char=(\d+),(\d+)$/.exec(hash) ?? [];
    this.place = end ? this.marks.range({ start: Number(start), end: Number(end) }) : null;
    const isHere = (span) => span.start === this.place.start && span.end === this.place.end;
    this.chosen = this.place && this.marks.told.find(({ spans }) => spans.some(isHere))?.id;
    this.told.mark(this.chosen);
    this.#light();
    this.column.reveal(this.place);
  }

  /** Goes back from a card to the words that it was chosen by. */
  leave() {
    this.chosen = this.hovered = null;
    this.told.mark(null);
    put(this.note);
    this.#light();
    this.back?.focus();
    this.back = null;
  }

  #light() {
    const id = this.hovered ?? this.chosen;
    const { spans } = this.records.get(id) ?? { spans: [] };
    this.told.light(id);
    this.column.light("told", spans.filter(({ core }) => !core));
    this.column.light("core", spans.filter(({ core }) => core));
    this.column.light("place", this.place ? [this.place] : []);
  }
}
