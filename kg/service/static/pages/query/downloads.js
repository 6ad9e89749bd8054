// A query in, its answer as a file out: rows as CSV, a network for Gephi and its kin.

import { post } from "/static/base/api.js";
import { announce, h, put } from "/static/base/dom.js";
import { t } from "/static/base/i18n.js";

const FORMATS = {
  ttl: { path: "/sparql", name: "dateline.ttl" },
  csv: { path: "/sparql", name: "dateline.csv" },
  gexf: { path: "/api/network", name: "dateline.gexf" },
  graphml: { path: "/api/network", name: "dateline.graphml" },
};

/** Buttons that bring the answer to a query in each of some formats. */
export function downloads(query, { formats, signal }) {
  const said = h("span", { class: "failure-said", role: "alert" });
  const buttons = formats.map((format) => {
    const button = h(
      "button",
      { type: "button", class: "small" },
      t("query.download", { format: format.toUpperCase() }),
    );
    button.addEventListener("click", () => fetched(format, { button, said, query, signal }));
    return button;
  });
  return h("span", { class: "query-downloads" }, buttons, said);
}

async function fetched(format, { button, said, query, signal }) {
  const { path, name } = FORMATS[format];
  put(said);
  button.disabled = true;
  try {
    const response = await post(path, { query, format }, { signal });
    save(await response.blob(), name);
    announce(t("query.downloaded", { name }));
  } catch (error) {
    if (!signal.aborted) put(said, error.message);
  } finally {
    button.disabled = false;
  }
}

function save(blob, name) {
  const href = URL.createObjectURL(blob);
  const link = h("a", { download: name });
  link.href = href; // which `h` lets no link have, for names come from articles too
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
