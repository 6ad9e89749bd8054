// Events by the period that they happened in, in; a chart with a bar for each period out, which can be gone into.

import { svg } from "/static/base/dom.js";
import { number, t } from "/static/base/i18n.js";
import { named, short } from "/static/pages/entity/periods.js";

export const STANDINGS = ["asserted", "attributed", "planned", "possible", "former", "denied"]; // from the foot up
const NARROWEST = 240; // pixels of a chart
const WIDEST = 96; // from a bar to the next
const HEIGHT = 190;
const FOOT = 24;
const HEAD = 18;

/** The chart of `bars`, [key, events] each, of which one may be `chosen`; `enter(key)` hears of the one that is clicked. */
export function chart(bars, { width: given, chosen, enter }) {
  const width = Math.max(given, NARROWEST);
  const most = Math.max(1, ...bars.map(([, events]) => events.length));
  const step = Math.min(width / bars.length, WIDEST);
  const every = Math.ceil((bars[0][0].length === 10 ? 22 : 44) / step); // so that no label runs into the next
  const frame = { class: "timeline-svg", width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` };
  const drawing = svg(
    "svg",
    { ...frame, role: "group", "aria-label": t("timeline.chart") },
    svg("line", { class: "timeline-ground", x1: 0, x2: width, y1: HEIGHT - FOOT, y2: HEIGHT - FOOT }),
    svg("text", { class: "timeline-most", x: 0, y: HEAD - 6 }, t("count.events", { count: most })),
    svg("line", { class: "timeline-ceiling", x1: 0, x2: width, y1: HEAD, y2: HEAD }),
    bars.map(([key, events], place) => {
      const label = place % every === 0 ? short(key) : "";
      return bar(key, events, { x: place * step, step, most, label, isChosen: key === chosen, enter });
    }),
  );
  // of all bars one is reached by the tabulator, the others by arrow keys
  (drawing.querySelector("[aria-current]") ?? drawing.querySelector(".timeline-bar"))?.setAttribute("tabindex", "0");
  return drawing;
}

function bar(key, events, { x, step, most, label, isChosen, enter }) {
  const middle = x + step / 2;
  const text = label ? svg("text", { class: "timeline-label", x: middle, y: HEIGHT - 7 }, label) : null;
  if (!events.length) return svg("g", null, text);
  const told = `${named(key)}: ${t("count.events", { count: events.length })}`;
  const button = { role: "button", tabindex: "-1", "aria-label": told, "aria-current": isChosen ? "true" : null };
  return svg(
    "g",
    { class: "timeline-bar", dataset: { key }, ...button, on: { click: () => enter(key) } },
    svg("title", null, `${told} (${parts(events)})`),
    svg("rect", { class: "timeline-hit", x, y: 0, width: step, height: HEIGHT }),
    segments(events, middle, Math.max(2, Math.min(step - 2, 30)), (HEIGHT - FOOT - HEAD) / most),
    text,
  );
}

// Within a standing those that have a day of their own stand below, those dated by their article above
function segments(events, middle, width, unit) {
  const drawn = [];
  let y = HEIGHT - FOOT;
  for (const standing of STANDINGS) {
    for (const isOwn of [true, false]) {
      const height = unit * of(events, standing).filter((one) => one.isOwn === isOwn).length;
      if (!height) continue;
      y -= height;
      const name = `segment standing-${standing}${isOwn ? "" : " hollow"}`;
      drawn.push(svg("rect", { class: name, x: middle - width / 2, y, width, height: Math.max(height - 1, 0.75) }));
    }
  }
  return drawn;
}

function of(events, standing) {
  return events.filter((one) => one.standing === standing);
}

function parts(events) {
  const present = STANDINGS.filter((standing) => of(events, standing).length);
  const part = (standing) => `${t(`standing.${standing}.plain`)} ${number(of(events, standing).length)}`;
  return present.map(part).join(", ");
}
