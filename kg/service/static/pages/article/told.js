// What was told in an article in, the list of its cards out, in the order of the text.

import { h } from "/static/base/dom.js";
import { t } from "/static/base/i18n.js";
import { sliced } from "/static/base/slices.js";
import { eventCard, quotationCard, statementCard } from "/static/parts/statement.js";
import { empty } from "/static/parts/states.js";

const CARDS = { statements: statementCard, events: eventCard, quotations: quotationCard };

/** The list. Calls back with the id of a card, or null: `hover` when it is pointed at or holds the focus, `show` when
 * its words are wanted, `leave` when it is put away. */
export class Told {
  constructor(told, { here, hover, show, leave }) {
    this.told = new Map(told.map((one) => [one.id, one]));
    this.here = here;
    this.cards = new Map();
    const over = (event) => hover(event.target.closest("li")?.id ?? null);
    const out = () => hover(null);
    const click = ({ target }) => {
      if (target.closest(".told-close")) leave();
      else if (!target.closest("a")) show(target.closest("li").id);
    };
    this.items = h("ol", { class: "plain", on: { pointerover: over, pointerleave: out, focusin: over, focusout: out, click } });
    this.element = h(
      "section",
      { class: "told", "aria-labelledby": "told-title" },
      h("h2", { id: "told-title" }, t("article.told")),
      told.length ? this.items : empty(t("article.nothing"), t("article.nothing.do")),
    );
  }

  /** Makes the cards, some at a time. */
  async fill(signal) {
    const isWanted = () => !signal.aborted;
    for await (const id of sliced(this.told.keys(), isWanted)) this.items.append(this.#card(id));
  }

  /** Leaves the cards of other layers out. */
  only(layers) {
    for (const layer of Object.keys(CARDS)) this.items.classList.toggle(`without-${layer}`, !layers.has(layer));
  }

  /** Lights one card, or none. */
  light(id) {
    this.items.querySelector(".lit")?.classList.remove("lit");
    if (id) this.#card(id).classList.add("lit");
  }

  /** Makes one card the one that is looked at, or none; `focus` takes the keyboard there. */
  mark(id, { focus = false } = {}) {
    this.items.querySelector("[aria-current]")?.removeAttribute("aria-current");
    if (!id) return;
    const card = this.#card(id);
    card.setAttribute("aria-current", "true");
    // the list alone is scrolled, and the text stays where it is read
    this.element.scrollTo({ top: card.offsetTop - this.element.clientHeight / 3 });
    if (focus) card.querySelector(".told-show").focus({ preventScroll: true });
  }

  // A card may be wanted before its turn.
  #card(id) {
    if (!this.cards.has(id)) {
      const { layer, record } = this.told.get(id);
      const action = (name, icon) =>
        h("button", { type: "button", class: `told-${name}`, title: t(`article.${name}`) },
          h("span", { class: "told-icon", "aria-hidden": "true" }, icon), h("span", { class: "told-word" }, t(`article.${name}`)));
      const actions = h("p", { class: "told-actions" }, action("show", "←"), action("close", "×"));
      this.cards.set(id, h("li", { class: `told-item told-${layer}`, id }, actions, CARDS[layer](record, { here: this.here })));
    }
    return this.cards.get(id);
  }
}
