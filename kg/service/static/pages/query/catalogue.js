// The packaged queries in, a menu of them and a form for what each wants to know out.

import { get } from "/static/base/api.js";
import { h, put, unique } from "/static/base/dom.js";
import { label, t, worded } from "/static/base/i18n.js";

const FIRST = ["reports", "networks", "checks"];
const PATIENCE = 150; // milliseconds after a key before names are looked for

/** The menu; `chosen(text, name)` gets the SPARQL of a query, with what was typed for its parameters in it. */
export class Catalogue {
  #names = new Map(); // what was suggested, and the IRIs that it stands for

  constructor(queries, { chosen, signal }) {
    Object.assign(this, { chosen, signal });
    this.queries = [...queries].sort((one, other) => rank(one.folder) - rank(other.folder));
    const folders = [...new Set(this.queries.map(({ folder }) => folder))];
    const groups = folders.map((folder) =>
      h(
        "optgroup",
        { label: t(`query.folder.${folder}`) },
        this.queries.filter((it) => it.folder === folder).map((it) => h("option", { value: key(it) }, worded(it.words))),
      ),
    );
    this.select = h(
      "select",
      { id: unique("catalogue"), on: { change: () => this.choose(this.select.value) } },
      h("option", { value: "" }, t("query.ready.none")),
      groups,
    );
    this.form = h("form", {
      class: "query-parameters",
      hidden: true,
      on: { submit: (event) => this.#submitted(event) },
    });
    this.element = h(
      "div",
      { class: "query-catalogue" },
      h("label", { for: this.select.id }, t("query.ready")),
      this.select,
      this.form,
    );
  }

  /** Chooses a query by its name, `about` or `reports/about`; gives it at once where it needs to know nothing. */
  async choose(name) {
    this.query = this.queries.find((it) => [key(it), it.name].includes(name));
    this.select.value = this.query ? key(this.query) : "";
    this.form.hidden = !this.query?.parameters.length;
    if (!this.query) return;
    put(
      this.form,
      this.query.parameters.map((it) => this.#field(it)),
      h("button", { type: "submit" }, t("query.ask")),
      (this.error = h("p", { class: "failure-said", role: "alert" })),
    );
    if (this.query.parameters.some(isNeeded)) this.form.querySelector("[required]").focus();
    else await this.#fill(() => ({}));
  }

  #field(parameter) {
    const { name, meaning, default: usual } = parameter;
    const said = worded(this.query.words, name) || meaning;
    const id = unique("parameter");
    const isDay = /^the (first|last) day\b/.test(meaning);
    const list = isNamed(parameter) && h("datalist", { id: `${id}-list` });
    const input = h("input", {
      id,
      name,
      type: isDay ? "date" : "text",
      required: isNeeded(parameter),
      placeholder: isNeeded(parameter) ? null : usual === "*" ? t("query.any") : usual,
      list: list ? list.id : null,
      autocomplete: "off",
      on: list ? { input: () => this.#suggest(input, list) } : null,
    });
    const label_ = h("label", { for: id }, `${said.charAt(0).toUpperCase()}${said.slice(1)}`);
    return h("div", null, label_, input, list, h("code", { class: "quiet", "aria-hidden": "true" }, `?${name}`));
  }

  #suggest(input, list) {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const found = await this.#search(input.value).catch(() => []);
      put(
        list,
        found.map(({ iri, shown }) => h("option", { value: shown }, this.#names.set(shown, iri) && "")),
      );
    }, PATIENCE);
  }

  async #search(q) {
    if (!q.trim()) return [];
    const { results } = await get("/api/search", { q, limit: 10 }, { signal: this.signal });
    return results.map((it) => ({
      iri: it.iri,
      shown: it.types[0] ? `${label(it)} (${label(it.types[0])})` : label(it),
    }));
  }

  async #submitted(event) {
    event.preventDefault();
    await this.#fill(() => this.#values());
  }

  async #values() {
    const values = {};
    for (const parameter of this.query.parameters) {
      const typed = this.form.elements[parameter.name].value.trim();
      if (typed) values[parameter.name] = isNamed(parameter) ? await this.#iri(typed) : typed;
    }
    return values;
  }

  // What stands for a thing: the one that was suggested, an IRI as it is, or the best known of that name.
  async #iri(typed) {
    if (this.#names.has(typed)) return `<${this.#names.get(typed)}>`;
    if (/^<.*>$|^\w*:\S+$/.test(typed)) return typed;
    const [first] = await this.#search(typed);
    if (!first) throw new Error(t("query.nobody", { name: typed }));
    return `<${first.iri}>`;
  }

  // What is wrong with what was typed stands below it.
  async #fill(typed) {
    const name = key(this.query);
    put(this.error);
    try {
      const values = await typed();
      const { text } = await get(
        "/api/asked",
        { query: name, values: JSON.stringify(values) },
        { signal: this.signal },
      );
      this.chosen(text, Object.keys(values).length ? null : name);
    } catch (error) {
      if (this.signal.aborted) return;
      put(this.error, error.message);
      this.form.hidden = false;
    }
  }
}

function key({ folder, name }) {
  return `${folder}/${name}`;
}

function rank(folder) {
  const place = FIRST.indexOf(folder);
  return place < 0 ? FIRST.length : place;
}

function isNeeded({ default: usual }) {
  return usual === null || usual === undefined;
}

function isNamed({ named, meaning }) {
  return named ?? /\bby any of its names\b/.test(meaning);
}
