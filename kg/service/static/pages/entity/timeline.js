// An entity's events in, a chart of them by decade, year, month or day out, and beside it the list of those in view.

import { get } from "/static/base/api.js";
import { announce, h, put } from "/static/base/dom.js";
import { isDay, label, number, t } from "/static/base/i18n.js";
import { listing } from "/static/parts/listing.js";
import { eventCard, mainStanding, shape } from "/static/parts/statement.js";
import { empty } from "/static/parts/states.js";
import { chart, STANDINGS } from "/static/pages/entity/bars.js";
import { below, end, keyOf, named, periods, start, UNITS } from "/static/pages/entity/periods.js";

const PART = 200; // events that the server gives at once
const MOST = 1000; // events that are drawn; more are said to be there
const MOSTLY = 0.85; // of all events

/** Fills `root`. Throws `Failure`. */
export async function timeline(root, { iri, signal }) {
  const { events, total } = await read(iri, signal);
  if (signal.aborted) return;
  if (!events.length) {
    put(root, empty(t("entity.no-events"), t("entity.no-events.do")));
    return;
  }
  new Timeline(root, { iri, events: events.map(dated), total, signal }).draw();
}

async function read(iri, signal) {
  const events = [];
  for (;;) {
    const answer = await get("/api/events", { entity: iri, offset: events.length, limit: PART }, { signal });
    events.push(...answer.items);
    if (!answer.more || !answer.items.length || events.length >= MOST)
      return { events, total: answer.total ?? events.length };
  }
}

// What has no day of its own stands on that of its article, and is drawn hollow
function dated(event) {
  const days = [event.begin, event.end, event.article?.issued];
  const iso = days.find((each) => /^\d{4}-/.test(each ?? "") && isDay(each))?.slice(0, 10) ?? null;
  return { event, iso, isOwn: iso !== null && Boolean(event.begin ?? event.end), standing: mainStanding(event) };
}

class Timeline {
  #path = []; // the periods that were gone into, the widest first
  #width = 0;

  constructor(root, { iri, events, total, signal }) {
    Object.assign(this, { root, iri, all: events, total, signal });
    this.#choose("");
    this.types = this.#typeChoice();
    this.trail = h("nav", { class: "timeline-trail", "aria-label": t("timeline.trail") });
    this.chart = h("div", { class: "timeline-chart" });
    this.list = h("div", { class: "timeline-list" });
    this.key = this.#legend();
    const observer = new ResizeObserver(() => this.chart.clientWidth !== this.#width && this.#drawChart());
    observer.observe(this.chart);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  draw() {
    const heading = h("h2", { class: "visually-hidden" }, t("entity.events"));
    const limited =
      this.total > this.all.length
        ? h("p", { class: "notice" }, t("timeline.limited", { shown: this.all.length, total: this.total }))
        : null;
    const top = h("div", { class: "timeline-top" }, this.trail, this.types);
    put(this.root, heading, limited, top, this.days.length ? [this.chart, this.key] : null, this.list);
    this.#drawAll();
  }

  // The events of a type, or all; where nearly all is told of one decade or year, it is gone into at once
  #choose(type) {
    this.events = type ? this.all.filter(({ event }) => event.eventType === type) : this.all;
    this.days = this.events.map(({ iso }) => iso).filter(Boolean);
    this.#path = [];
    while (this.days.length && ["decade", "year"].includes(this.#unit())) {
      const [key, events] = [...this.#bars()].sort((one, other) => other[1].length - one[1].length)[0];
      if (events.length < this.days.length * MOSTLY) return;
      this.#path.push(key);
    }
  }

  #typeChoice() {
    const counts = new Map();
    for (const { event } of this.all) counts.set(event.eventType, (counts.get(event.eventType) ?? 0) + 1);
    if (counts.size < 2) return null;
    const sorted = [...counts].sort((one, other) => other[1] - one[1]);
    const options = sorted.map(([type, count]) => h("option", { value: type }, `${label(type)} (${number(count)})`));
    const change = (event) => {
      this.#choose(event.target.value);
      this.#drawAll();
    };
    const select = h("select", { on: { change } }, h("option", { value: "" }, t("timeline.any-type")), options);
    return h("label", { class: "timeline-type" }, h("span", null, t("timeline.type")), select);
  }

  // The focus goes on in the chart: to the first bar, or to the one that was left
  #go(path) {
    const left = this.#path[path.length];
    this.#path = path;
    this.#drawAll();
    announce(
      t("timeline.shown", {
        period: path.length ? named(path.at(-1)) : t("timeline.all"),
        count: this.#inView().length,
      }),
    );
    const bars = [...this.chart.querySelectorAll(".timeline-bar")];
    const target = bars.find((bar) => bar.dataset.key === left) ?? bars.find((bar) => bar.tabIndex === 0);
    target?.focus({ preventScroll: true });
  }

  #drawAll() {
    this.#drawTrail();
    this.#drawChart();
    this.#drawList();
  }

  #inView() {
    const within = this.#path.at(-1);
    return within ? this.events.filter(({ iso }) => iso?.startsWith(within)) : this.events;
  }

  // The unit of the bars: one below the period that was gone into; at first the widest that tells the days apart
  #unit() {
    const within = this.#path.at(-1);
    if (within) return below(within);
    const tells = UNITS.filter((unit) => new Set(this.days.map((iso) => keyOf(iso, unit))).size > 1);
    return tells.find((unit) => unit !== "decade" || periods("year", this.days).length > 40) ?? "day";
  }

  #bars() {
    const unit = this.#unit();
    const within = this.#path.at(-1);
    // a day that was chosen stands among the others of its month
    const frame = within?.length === 10 ? within.slice(0, 7) : within;
    const keys = periods(unit, frame ? [start(frame), end(frame)] : this.days);
    const bars = new Map(keys.map((key) => [key, []]));
    for (const one of this.events) if (one.iso) bars.get(keyOf(one.iso, unit))?.push(one);
    // decades in which nothing happened say little: a date of long ago would leave no room for the others
    return unit === "decade" ? new Map([...bars].filter(([, events]) => events.length)) : bars;
  }

  #drawTrail() {
    const steps = [[], ...this.#path.map((_, place) => this.#path.slice(0, place + 1))];
    const step = (path) => {
      const isHere = path.length === this.#path.length;
      const name = path.length ? named(path.at(-1)) : t("timeline.all");
      return h(
        "li",
        null,
        h(
          "button",
          { type: "button", "aria-current": isHere ? "true" : null, on: { click: () => this.#go(path) } },
          name,
        ),
      );
    };
    put(this.trail, h("ol", { class: "plain" }, steps.map(step)));
  }

  #drawChart() {
    this.#width = this.chart.clientWidth;
    if (!this.days.length) return;
    const drawing = chart([...this.#bars()], {
      width: this.#width,
      chosen: this.#path.at(-1),
      enter: (key) => this.#enter(key),
    });
    drawing.addEventListener("keydown", (event) => this.#pressed(event));
    put(this.chart, drawing);
  }

  #enter(key) {
    const path = this.#path.at(-1)?.length === 10 ? this.#path.slice(0, -1) : this.#path;
    this.#go([...path, key]);
  }

  #pressed(event) {
    const bars = [...this.chart.querySelectorAll(".timeline-bar")];
    const now = bars.indexOf(document.activeElement);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: bars.length - 1 }[event.key];
    if (now >= 0 && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      bars[now].dispatchEvent(new MouseEvent("click"));
    } else if (event.key === "Escape" && this.#path.length) {
      this.#go(this.#path.slice(0, -1));
    } else if (bars[next]) {
      event.preventDefault();
      bars[now]?.setAttribute("tabindex", "-1");
      bars[next].setAttribute("tabindex", "0");
      bars[next].focus();
    }
  }

  #drawList() {
    const events = this.#inView().toSorted((one, other) => (other.iso ?? "").localeCompare(one.iso ?? ""));
    const list = h("div");
    const part = (offset, limit) => ({
      items: events.slice(offset, offset + limit),
      total: events.length,
      more: events.length > offset + limit,
    });
    put(this.list, h("p", { class: "count" }, t("count.events", { count: events.length })), list);
    listing(list, part, { draw: ({ event }) => eventCard(event, { here: this.iri }), signal: this.signal });
  }

  #legend() {
    const present = STANDINGS.filter((standing) => this.events.some((one) => one.standing === standing));
    const entry = (standing) =>
      h("li", { class: `standing standing-${standing}` }, shape(standing), t(`standing.${standing}.plain`));
    const hollow = this.events.some(({ iso, isOwn }) => iso && !isOwn)
      ? h("li", { class: "quiet" }, h("span", { class: "hollow-sample", "aria-hidden": "true" }), t("timeline.hollow"))
      : null;
    return h("ul", { class: "plain timeline-legend", "aria-label": t("timeline.legend") }, present.map(entry), hollow);
  }
}
