// What an entity's statements can be chosen by in, the controls for it out; what is chosen stands in the address, too.

import { h } from "/static/base/dom.js";
import { label, t } from "/static/base/i18n.js";
import { remember } from "/static/base/navigation.js";

const FACTUALITIES = ["Asserted", "Planned", "Possible", "Denied"];
export const NAMES = ["relation", "factuality", "since", "until"];
export const DAYS = ["since", "until"];

/** What an address says of some of them: {relation, factuality, since, until}, "" where it says nothing. */
export function chosen(parameters, names = NAMES) {
  return Object.fromEntries(names.map((name) => [name, parameters.get(name) ?? ""]));
}

/** Controls for `relations` (IRIs), standing and days, or those of them alone whose `names` are given; `show(chosen)`
 * hears {relation, factuality, since, until} at `begin()` and at each change. */
export function filters({ relations = [], parameters, show, names = NAMES, title = t("filters.title") }) {
  const now = chosen(parameters);
  const sorted = relations.map((iri) => [iri, label(iri)]).sort((one, other) => one[1].localeCompare(other[1]));
  const controls = {
    relation: choice("relation", sorted, now.relation),
    factuality: choice(
      "factuality",
      FACTUALITIES.map((name) => [name, t(`standing.${name.toLowerCase()}`)]),
      now.factuality,
    ),
    since: h("input", { type: "date", value: now.since }),
    until: h("input", { type: "date", value: now.until }),
  };
  const clear = h("button", { type: "reset", class: "clear" }, t("filters.clear"));
  const form = h(
    "form",
    {
      class: "filters",
      "aria-label": title,
      on: { change: changed, reset: emptied, submit: (event) => event.preventDefault() },
    },
    names.map((name) => h("label", { class: `filter-${name}` }, h("span", null, t(`filters.${name}`)), controls[name])),
    clear,
  );

  function read() {
    return Object.fromEntries(names.map((name) => [name, controls[name].value]));
  }

  function changed() {
    const now = read();
    clear.hidden = !Object.values(now).some(Boolean);
    remember(now);
    show(now);
  }

  function emptied(event) {
    event.preventDefault(); // which would bring back what stood in the address
    for (const name of names) controls[name].value = "";
    changed();
    controls[names[0]].focus();
  }

  return { element: form, begin: changed };
}

function choice(name, options, chosen) {
  const any = h("option", { value: "", selected: !chosen }, t(`filters.any-${name}`));
  const known = options.map(([value, text]) => h("option", { value, selected: value === chosen }, text));
  return h("select", null, any, known);
}
