// What is typed into the box at the top in, the things of that name out: a combobox with a list, as WAI-ARIA's
// Authoring Practices have it (editable, with autocomplete of the list kind).

import { get } from "/static/base/api.js";
import { announce, h, put } from "/static/base/dom.js";
import { label, t } from "/static/base/i18n.js";
import { navigate } from "/static/base/navigation.js";
import { entityAddress } from "/static/base/routes.js";
import { colour, localName } from "/static/base/vocabulary.js";

const PATIENCE = 120; // milliseconds after a key before the server is asked
const LIMIT = 10;

/** Puts the box into the reader's language. */
export function name() {
  box.name();
}

/** From now on the box answers; until then it only takes what is typed. */
export function begin() {
  box.begin();
}

// "/" brings the reader to the box from anywhere
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable], .CodeMirror");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.input.focus();
  box.input.select();
});

class Box {
  #asking = new AbortController();
  #timer = 0;
  #found = [];
  #foundFor = "";
  #chosen = -1;
  #isReady = false;

  constructor() {
    for (const [name, id] of Object.entries({
      form: "searching",
      input: "search",
      panel: "search-panel",
      list: "search-list",
      note: "search-note",
    })) {
      this[name] = document.getElementById(id);
    }
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("focus", () => this.#typed(0));
    this.input.addEventListener("keydown", (event) => this.#pressed(event));
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    this.form.addEventListener("focusout", (event) => this.#left(event));
  }

  name() {
    this.input.placeholder = t("search.placeholder");
    this.input.setAttribute("aria-label", t("search.label"));
    this.list.setAttribute("aria-label", t("search.results"));
  }

  begin() {
    this.#isReady = true;
    if (document.activeElement === this.input) this.#typed(0);
  }

  #typed(patience = PATIENCE) {
    clearTimeout(this.#timer);
    this.#asking.abort(); // an answer to what no longer stands there is stale
    const text = this.input.value.trim();
    if (!text) this.#close();
    if (!text || !this.#isReady) return;
    this.#timer = setTimeout(() => this.#ask(text), patience);
  }

  async #ask(text) {
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const answer = await get("/api/search", { q: text, limit: LIMIT }, { signal });
      if (!signal.aborted) this.#show(answer, text);
    } catch (error) {
      if (!signal.aborted) this.#say(t("search.failed"), error.status === 400 ? error.message : t("search.failed.do"));
    }
  }

  #show({ results, more, near }, text) {
    this.#found = results;
    this.#foundFor = text;
    put(
      this.list,
      results.map((result, place) => this.#option(result, place)),
    );
    if (!results.length) {
      this.#say(t("search.none", { name: text }), t("search.none.do"));
      return;
    }
    const hint = near ? t("search.near", { name: text }) : more ? t("search.more", { count: results.length }) : null;
    put(this.note, hint);
    this.panel.classList.toggle("is-near", Boolean(near));
    announce([near && hint, t("search.found", { count: results.length })].filter(Boolean).join(" "));
    this.#open();
    this.#choose(-1);
  }

  #option(result, place) {
    const name = label(result);
    const alias = result.name && result.name !== name ? result.name : null;
    return h(
      "li",
      {
        id: `search-${place}`,
        role: "option",
        "aria-selected": "false",
        class: "search-option",
        style: { "--type": colour(result.types) },
        on: {
          mousedown: (event) => event.preventDefault(), // the box keeps the focus
          click: () => this.#go(place),
          mousemove: () => this.#choose(place),
        },
      },
      h("span", { class: "type-dot", "aria-hidden": "true" }),
      h("span", { class: "search-name" }, h("bdi", null, name), alias ? h("bdi", { class: "search-alias" }, alias) : null),
      h("span", { class: "search-type" }, label(result.types[0]) || localName(result.iri)),
      h("span", { class: "search-articles" }, t("count.articles", { count: result.articles })),
    );
  }

  #say(title, what) {
    this.#found = [];
    put(this.list);
    put(this.note, h("strong", null, title), " ", what);
    this.panel.classList.remove("is-near");
    announce(`${title} ${what}`);
    this.#open();
  }

  #pressed(event) {
    const last = this.#found.length - 1;
    const moves = {
      ArrowDown: this.#chosen < last ? this.#chosen + 1 : 0,
      ArrowUp: this.#chosen > 0 ? this.#chosen - 1 : last,
    };
    if (event.key in moves && last >= 0) {
      event.preventDefault();
      this.#open();
      this.#choose(moves[event.key]);
    } else if (event.key === "Escape" && !this.panel.hidden) {
      event.preventDefault();
      this.#close();
    }
  }

  // Enter takes what is marked, else the first that was found, and waits for it where it isn't there yet
  async #submitted(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text || !this.#isReady) return;
    if (this.#foundFor !== text) {
      clearTimeout(this.#timer);
      this.#asking.abort();
      await this.#ask(text);
    }
    if (this.#found.length) this.#go(Math.max(this.#chosen, 0));
  }

  #choose(place) {
    this.#chosen = place;
    for (const [each, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(each === place));
      if (each === place) option.scrollIntoView({ block: "nearest" });
    }
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `search-${place}`);
  }

  #go(place) {
    const { iri } = this.#found[place];
    this.#close();
    this.input.value = "";
    this.input.blur();
    navigate(entityAddress(iri));
  }

  #left(event) {
    if (!this.form.contains(event.relatedTarget)) this.#close();
  }

  #open() {
    this.panel.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.panel.hidden = true;
    this.#found = [];
    this.#foundFor = "";
    this.#chosen = -1;
    put(this.list);
    put(this.note);
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

const box = new Box();
