// What an article holds in, a switch of the layers of marks that are to be seen out; the choice is kept for the next one.

import { h } from "/static/base/dom.js";
import { number, t } from "/static/base/i18n.js";
import { LAYERS } from "/static/pages/article/marks.js";

const KEPT = "dateline.layers";

/** The layers that are to be seen: all of them, until somebody says otherwise. */
export function chosen() {
  try {
    const kept = localStorage.getItem(KEPT);
    return new Set(LAYERS.filter((layer) => kept === null || kept.split(" ").includes(layer)));
  } catch {
    return new Set(LAYERS); // a browser that keeps nothing
  }
}

/** Boxes to tick, a layer each, with how many marks it has; `changed` is called with the layers that are on then. */
export function switcher(article, changed) {
  const layers = chosen();
  const ticked = ({ target }) => {
    if (target.checked) layers.add(target.name);
    else layers.delete(target.name);
    keep(layers);
    changed(layers);
  };
  const box = (layer) =>
    h(
      "label",
      { class: `layer layer-${layer}` },
      h("input", { type: "checkbox", name: layer, checked: layers.has(layer) }),
      h("span", { class: "layer-name" }, t(`article.${layer}`)),
      h("span", { class: "figure quiet" }, number(article[layer].length)),
    );
  return h("fieldset", { class: "layers", on: { change: ticked } }, h("legend", null, t("article.layers")), LAYERS.map(box));
}

function keep(layers) {
  try {
    localStorage.setItem(KEPT, [...layers].join(" "));
  } catch {
    // it holds until the page is left
  }
}
