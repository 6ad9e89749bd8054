// A query in the address, or one of the packaged ones, in; the editor, what the server answers, and files of it out.

import { Failure, get, imported } from "/static/base/api.js";
import { announce, h, put } from "/static/base/dom.js";
import { t } from "/static/base/i18n.js";
import { remember } from "/static/base/navigation.js";
import { loading } from "/static/parts/states.js";
import { Catalogue } from "/static/pages/query/catalogue.js";
import { downloads } from "/static/pages/query/downloads.js";
import { declared } from "/static/pages/query/names.js";
import { isNetwork } from "/static/pages/query/network.js";

const STYLE = "/static/vendor/yasgui.css";
const DOUBLE = 500; // milliseconds between two clicks that are meant as one
const LONGEST = 8000; // characters of a query that goes into the address

const DRAFT = `SELECT ?person ?name ?relation ?other
WHERE {
  ?person a kg:Person ; skos:prefLabel ?name ; ?relation ?other .
  ?other a kg:Organization .
}
LIMIT 50
`;

let left = {}; // what stood in the editor when its page was left: {address, text}

export default async function page(root, { parameters, signal, navigate }) {
  put(root, h("h1", null, t("query.title")), loading());
  const [{ queries }, { editor }, { results, summary }] = await Promise.all([
    get("/api/queries", {}, { signal }),
    imported(import("/static/pages/query/editor.js")),
    imported(import("/static/pages/query/results.js")),
    styled(),
  ]);
  if (signal.aborted) return;
  const desk = new Desk({ queries, editor, results, summary, signal, navigate });
  put(root, h("h1", null, t("query.title")), ...desk.elements);
  desk.begin(parameters.get("query"), parameters.get("name"));
}

/** The menu, the editor, and below them what the server answers. */
class Desk {
  #asked = ""; // the query that the results belong to
  #name = null; // of the packaged query that the editor has
  #isAsking = false;
  #since = 0; // when it was asked
  #address = location.href;

  constructor({ queries, editor, results, summary, signal, navigate }) {
    Object.assign(this, { editor, summary, signal });
    this.catalogue = new Catalogue(queries, { signal, chosen: (text, name) => this.#choose(text, name) });
    this.box = h("div", { class: "yasgui query-editor" });
    this.run = h("button", { type: "button", class: "query-run", on: { click: () => this.#clicked() } });
    this.status = h("p", { class: "query-status", role: "status" });
    this.files = h("span");
    this.below = h("div", { class: "yasgui query-results" });
    const bar = h("div", { class: "query-bar" }, this.run, this.status, this.files);
    this.elements = [
      this.catalogue.element,
      this.box,
      h("p", { class: "query-keys" }, t("query.keys")),
      bar,
      this.below,
    ];
    this.yasr = results(this.below, { signal, navigate });
  }

  /** Opens the editor, and asks what the address asks. */
  begin(query, name) {
    const kept = left.address === location.href ? left.text : null;
    const text = declared(query ?? DRAFT);
    this.yasqe = this.editor(this.box, kept ?? text, {
      asked: (said) => this.#sent(said),
      answered: (response, milliseconds) => this.#answered(response, milliseconds),
    });
    this.yasqe.on("queryAbort", () => this.#busy(false));
    this.signal.addEventListener("abort", () => this.#leave());
    this.#busy(false);
    const isChanged = kept !== null && kept !== text;
    if (query && !isChanged) this.#ask();
    else if (name && kept === null) this.catalogue.choose(name);
  }

  #ask() {
    this.yasqe.query().catch(() => {}); // what goes wrong is an answer, too
  }

  // The second of two quick clicks is no wish to stop what the first began.
  #clicked() {
    if (!this.#isAsking) this.#ask();
    else if (performance.now() - this.#since > DOUBLE) this.yasqe.abortQuery();
  }

  #choose(text, name) {
    this.yasqe.setValue(text);
    this.yasqe.collapsePrefixes(true);
    this.#name = name;
    this.#ask();
  }

  // The address asks the same, for who is sent it: by the name of the query, or else by its text.
  #sent(text) {
    this.#asked = text;
    this.#since = performance.now();
    this.#busy(true);
    remember({ name: this.#name, query: this.#name || text.length > LONGEST ? null : text });
    this.#address = location.href;
    this.#name = null;
  }

  #answered(response, milliseconds) {
    const { yasr, signal } = this;
    yasr.setResponse(response.content === "" ? { ...response, content: "\n" } : response, milliseconds);
    const said = yasr.results.getError() ? "" : this.summary(yasr, milliseconds);
    this.#busy(false, said);
    announce(said);
    put(this.files, downloads(this.#asked, { formats: formats(yasr.results), signal }));
  }

  #busy(isAsking, said = isAsking ? t("query.asking") : "") {
    this.#isAsking = isAsking;
    put(this.run, isAsking ? t("query.stop") : t("query.run"));
    this.below.setAttribute("aria-busy", String(isAsking));
    put(this.status, said);
  }

  #leave() {
    left = { address: this.#address, text: this.yasqe.getValue() };
    this.yasqe.destroy();
    this.yasr.destroy();
  }
}

// What an answer can be had as: triples as Turtle, rows as CSV, those that are a network for Gephi too.
function formats(answer) {
  if (answer.getType() === "ttl") return ["ttl"];
  if (!answer.getBindings()) return [];
  return isNetwork(answer.getVariables()) ? ["csv", "gexf", "graphml"] : ["csv"];
}

// The style of the editor is asked for by the page that needs it.
function styled() {
  if (document.querySelector(`link[href="${STYLE}"]`)) return Promise.resolve();
  const link = h("link", { rel: "stylesheet", href: STYLE });
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => reject(new Failure(0, STYLE)));
    document.querySelector('link[rel="stylesheet"]').before(link); // ours come after
  });
}
