// An article as /api gives it in, what was read in it in the order of its text and the stretches that it stands on out.

import { inLanguage } from "/static/base/i18n.js";
import { patchwork, units } from "/static/pages/article/spans.js";

export const LAYERS = ["mentions", "quotations", "statements", "events", "times"];

/**
 * What an article holds, ready to be set:
 * - `text`, and `isWhole`: whether it is the article's, or only the words of its evidence, a line a stretch;
 * - `told`: its statements, events and quotations as `{id, layer, record, spans}`, by where their words begin;
 * - `spans`: all stretches as `{start, end, layer, …}` in UTF-16 units, with the `mention`, `time` or `told` that they
 *   are; of an event the trigger, of a quotation what is quoted is a span with `core: true`;
 * - `range`: from code points `{start, end}` to units, or null for what the text does not have.
 */
export function marked(article) {
  const records = [
    ...article.statements.map((record) => ({ layer: "statements", record })),
    ...article.events.map((record) => ({ layer: "events", record })),
    ...article.quotations.map((record) => ({ layer: "quotations", record })),
  ];
  const isWhole = article.text !== null && article.text !== undefined;
  const quoted = records.flatMap(({ record }) => record.evidence).filter(({ text }) => text);
  const { text, place } = isWhole ? { text: article.text, place: (offset) => offset } : patchwork(quoted);
  const range = ranged(text, place);
  const told = records.map(({ layer, record }) => telling(layer, record, text, range));
  const first = ({ spans }) => Math.min(text.length, ...spans.map(({ start }) => start));
  const last = ({ spans }) => Math.max(0, ...spans.map(({ end }) => end));
  told.sort((one, other) => first(one) - first(other) || last(other) - last(one));
  told.forEach((one, number) => (one.id = `told-${number + 1}`));
  const stand = (layer, list, name) =>
    list.flatMap((one) => {
      const found = range(one);
      return found ? [{ ...found, layer, [name]: one }] : [];
    });
  const spans = [
    ...stand("mentions", article.mentions, "mention"),
    ...stand("times", article.times, "time"),
    ...told.flatMap((one) => one.spans),
  ];
  return { text, isWhole, told, spans, range };
}

/** A literal, which is a text or one in some languages, as the reader gets it. */
export function words(literal) {
  return typeof literal === "string" ? literal : inLanguage(literal);
}

function ranged(text, place) {
  const unit = units(text);
  return ({ start, end }) => {
    const [from, to] = [place(start), place(end)];
    return from === null || to === null || to - from !== end - start ? null : { start: unit(from), end: unit(to) };
  };
}

function telling(layer, record, text, range) {
  const told = { layer, record };
  told.spans = record.evidence.flatMap((evidence) => {
    const found = range(evidence);
    return found ? [{ ...found, layer, told }] : [];
  });
  const core = { events: record.trigger, quotations: record.text }[layer];
  if (core) told.spans.push(...within(told.spans, words(core), text));
  return told;
}

// The graph has the words of a trigger or a quotation, but not where they stand in the evidence.
function within(spans, core, text) {
  for (const span of spans) {
    const start = span.start + text.slice(span.start, span.end).indexOf(core);
    if (start >= span.start) return [{ ...span, start, end: start + core.length, core: true }];
  }
  return spans.slice(0, 1).map((span) => ({ ...span, core: true }));
}
