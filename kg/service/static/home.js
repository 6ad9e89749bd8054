// What the graph holds in, the first page out.

import { get } from "/static/api.js";
import { h, put } from "/static/dom.js";
import { t } from "/static/i18n.js";

export default async function page(root, { signal }) {
  const overview = await get("/api/overview", {}, { signal });
  put(root, h("h1", null, "Dateline"), h("p", null, t("count.articles", { count: overview.articles })));
}
