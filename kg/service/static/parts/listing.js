// What answers page by page in, a list that grows by a button out.

import { get } from "/static/base/api.js";
import { announce, h, put } from "/static/base/dom.js";
import { number, t } from "/static/base/i18n.js";
import { failure, loading } from "/static/parts/states.js";

/** Fills `root` with the items that `source(offset, limit)` answers ({items, more, total}), each drawn by `draw(item)`,
 * `limit` at a time, with a button for more; where there is none, with `nothing` (a node). `fold(items)` makes lists of
 * those that are drawn as one, by `draw(item, others)`. `told(answer)` hears of each answer. */
export async function listing(root, source, options) {
  const { draw, nothing, fold = (items) => items.map((item) => [item]), limit = 20, signal, told = () => {} } = options;
  const items = h("ol", { class: "plain listing" });
  const rest = h("div", { class: "listing-rest" });
  put(root, items, rest);
  let offset = 0;

  async function next() {
    put(rest, loading());
    let answer;
    try {
      answer = await source(offset, limit);
    } catch (error) {
      if (!signal?.aborted) put(rest, failure(error, next));
      return null;
    }
    if (signal?.aborted) return null;
    const added = fold(answer.items).map(([item, ...others]) => h("li", null, draw(item, others)));
    items.append(...added);
    offset += answer.items.length;
    put(rest, offset ? more(answer) : nothing);
    told(answer);
    return added;
  }

  function more(answer) {
    if (!answer.more) return null;
    const left = answer.total ? h("span", { class: "quiet" }, ` ${number(offset)} / ${number(answer.total)}`) : null;
    return [h("button", { type: "button", on: { click: onMore } }, t("action.more")), left];
  }

  // the focus goes on to what is new, for the button that had it is gone
  async function onMore() {
    const added = await next();
    if (!added?.length) return;
    announce(t("count.more", { count: added.length }));
    added[0].tabIndex = -1;
    added[0].focus({ preventScroll: true });
  }

  await next();
}

/** A source: what a path of the API answers under parameters. */
export function pages(path, parameters, signal) {
  return (offset, limit) => get(path, { ...parameters, offset, limit }, { signal });
}
