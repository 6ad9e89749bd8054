// A query in the address, or one of the packaged ones, in; the editor, what the server answers, and files of it out.

import { get } from "/static/api.js";
import { announce, h, put } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { remember } from "/static/navigation.js";
import { loading } from "/static/states.js";
import { Catalogue } from "/static/query/catalogue.js";
import { downloads } from "/static/query/downloads.js";
import { declared } from "/static/query/names.js";
import { isNetwork } from "/static/query/network.js";

const STYLE = "/static/vendor/yasgui.css";
const LONGEST = 8000; // characters of a query that goes into the address

const DRAFT = `SELECT ?person ?name ?relation ?other
WHERE {
  ?person a kg:Person ; skos:prefLabel ?name ; ?relation ?other .
  ?other a kg:Organization .
}
LIMIT 50
`;

export default async function page(root, { parameters, signal, navigate }) {
  put(root, h("h1", null, t("query.title")), loading());
  const [{ queries }, { editor }, { results, summary }] = await Promise.all([
    get("/api/queries", {}, { signal }),
    import("/static/query/editor.js"),
    import("/static/query/results.js"),
    styled(),
  ]);
  if (signal.aborted) return;
  const [box, below] = [h("div", { class: "yasgui query-editor" }), h("div", { class: "yasgui query-results" })];
  const status = h("p", { class: "query-status", role: "status" });
  const files = h("span");
  const run = h("button", {
    type: "button",
    class: "query-run",
    title: "Ctrl+Enter",
    on: { click: () => (isAsking ? yasqe.abortQuery() : ask()) },
  });
  let isAsking = false;
  let asked = "";
  let name = null; // of the packaged query that the text is

  const busy = (is) => {
    isAsking = is;
    put(run, is ? t("query.stop") : t("query.run"));
    below.setAttribute("aria-busy", String(is));
    if (is) put(status, t("query.asking"));
  };
  const ask = () => yasqe.query().catch(() => {}); // what goes wrong is an answer, too

  const catalogue = new Catalogue(queries, {
    signal,
    chosen: (text, called) => {
      yasqe.setValue(text);
      yasqe.collapsePrefixes(true);
      name = called;
      ask();
    },
  });
  put(
    root,
    h("h1", null, t("query.title")),
    catalogue.element,
    box,
    h("div", { class: "query-bar" }, run, status, files),
    below,
  );

  const yasqe = editor(box, declared(parameters.get("query") ?? DRAFT), {
    asked: (text) => {
      asked = text;
      busy(true);
      remember({ name, query: name || text.length > LONGEST ? null : text });
      name = null;
    },
    answered: (response, milliseconds) => {
      busy(false);
      yasr.setResponse(response.content === "" ? { ...response, content: "\n" } : response, milliseconds);
      const said = yasr.results.getError() ? "" : summary(yasr, milliseconds);
      put(status, said);
      announce(said);
      put(files, downloads(asked, { formats: formats(yasr.results), signal }));
    },
  });
  yasqe.on("queryAbort", () => busy(false));
  const yasr = results(below, { signal, navigate });
  signal.addEventListener("abort", () => {
    yasqe.destroy();
    yasr.destroy();
  });
  busy(false);
  put(status);
  if (parameters.get("query")) await ask();
  else if (parameters.get("name")) await catalogue.choose(parameters.get("name"));
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
    link.addEventListener("error", () => reject(new Error(STYLE)));
    document.querySelector('link[rel="stylesheet"]').before(link); // ours come after
  });
}
