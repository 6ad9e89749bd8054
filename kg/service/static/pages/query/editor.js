// A query's text in, YASGUI's editor out: it colours, checks and completes, and asks this server alone.

import { Yasqe } from "/static/vendor/yasgui.js";
import { label, t } from "/static/base/i18n.js";
import { termsOf } from "/static/base/vocabulary.js";
import { declarations, short } from "/static/pages/query/names.js";

const PREFIXED = /^[\w-]*:[\w.-]*$/;
const KINDS = ["class", "relation", "property", "event", "standing", "mention"];
const SUGGESTED = 60; // terms at once

// Prefixes are declared as soon as they are used; those that the server knows.
Yasqe.registerAutocompleter({ ...Yasqe.Autocompleters.prefixes, get: declarations, persistenceId: null });

// Terms of the ontology are found by their names, and by what they are called in the reader's language.
Yasqe.registerAutocompleter({
  name: "terms",
  bulk: false,
  autoShow: false,
  isValidCompletionPosition: (yasqe) => PREFIXED.test(yasqe.getCompleteToken().string),
  get: (yasqe, token) => terms(token?.string ?? "").map(([name]) => name),
  postprocessHints: (yasqe, hints) => hints.map((hint) => ({ ...hint, displayText: called(hint.text) })),
});

function terms(typed) {
  const [prefix, words] = typed.toLowerCase().split(":");
  const all = KINDS.flatMap(termsOf).map(([iri]) => [short(iri), label(iri).toLowerCase()]);
  const near = ([name, said]) => {
    const [start, local] = name.toLowerCase().split(":");
    const fits = [local?.startsWith(words), said.startsWith(words), local?.includes(words), said.includes(words)];
    return start === prefix ? fits.indexOf(true) : -1;
  };
  const ranked = all.map((each) => [near(each), each]).filter(([rank]) => rank >= 0);
  ranked.sort(([one, [name]], [other, [last]]) => one - other || (name < last ? -1 : 1));
  return ranked.slice(0, SUGGESTED).map(([, each]) => each);
}

function called(name) {
  const iri = KINDS.flatMap(termsOf).find(([each]) => short(each) === name)?.[0];
  return iri ? `${name}  ${label(iri)}` : name;
}

/** An editor in an element. `on` has listeners: asked(text) before a query is sent, answered(response, milliseconds)
 * with a `Response` whose text is its `content`, or an `Error`. */
export function editor(parent, text, on) {
  const yasqe = new Yasqe(parent, {
    value: text,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    editorHeight: "20rem",
    lineWrapping: matchMedia("(max-width: 40rem)").matches,
    requestConfig: {
      endpoint: "/sparql",
      method: "POST",
      acceptHeaderGraph: "text/turtle",
      acceptHeaderSelect: "application/sparql-results+json",
    },
  });
  const field = yasqe.getInputField();
  field.setAttribute("aria-label", t("query.editor"));
  yasqe.on("queryBefore", () => on.asked(yasqe.getValue()));
  yasqe.on("queryResponse", (_, response, duration) => {
    if (response.name !== "AbortError") on.answered(response, duration);
  });
  return yasqe;
}
