// An entity's IRI, or nodes and edges, in; the picture of its neighbourhood out, with the filters, the evidence and the
// table that belong to it.

import { get, imported } from "/static/base/api.js";
import { announce, h, put, svg } from "/static/base/dom.js";
import { label, t } from "/static/base/i18n.js";
import { remember } from "/static/base/navigation.js";
import { entityAddress } from "/static/base/routes.js";
import { empty, failure, loading } from "/static/parts/states.js";
import { EdgeTable } from "/static/graph/edges.js";
import { Filters, legend } from "/static/graph/filters.js";
import { MOST, Network } from "/static/graph/network.js";
import { Selection } from "/static/graph/selection.js";

const LIMIT = 200; // neighbours that are asked for at once
// What the server chooses by; what is former or somebody's word may be any of these.
const FACTUALITIES = { planned: "Planned", possible: "Possible", denied: "Denied", asserted: "Asserted" };

/** Shows an entity with its neighbours, narrowed as the address says; a click on one of them brings its own. */
export async function mount(container, { iri, parameters, signal, navigate }) {
  const view = new View(container, { root: iri, signal, navigate });
  const { filters } = view.network;
  for (const name of Object.keys(filters)) filters[name] = parameters.get(name) ?? "";
  put(container, loading());
  try {
    const [told] = await Promise.all([neighbours(iri, view.network.filters, signal), view.ready]);
    if (signal.aborted) return;
    if (told.edges.length || view.network.isFiltered) view.begin(told);
    else put(container, empty(t("graph.none"), t("graph.none.do")));
  } catch (error) {
    if (!signal.aborted)
      put(
        container,
        failure(error, () => mount(container, { iri, parameters, signal, navigate })),
      );
  }
}

/** Shows nodes ({iri, label, types}, or `plain` words) and edges that somebody has already; none can be expanded. */
export async function draw(container, { nodes, edges, signal, navigate }) {
  const degrees = new Map();
  for (const { source, target } of edges)
    for (const end of [source, target]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  const view = new View(container, { signal, navigate });
  await view.ready;
  if (!signal.aborted)
    view.begin({ nodes: nodes.map((node) => ({ ...node, degree: degrees.get(node.iri) ?? 0 })), edges });
}

function neighbours(entity, { relation, standing, since, until }, signal) {
  const asked = { entity, limit: LIMIT, relation, factuality: FACTUALITIES[standing], since, until };
  return get("/api/neighbours", asked, { signal });
}

class View {
  network = new Network();
  #chosen = null;
  #asking = new AbortController();
  #scene = null;
  #seen = { nodes: [], edges: [] };

  constructor(container, { root, signal, navigate }) {
    Object.assign(this, { container, root, signal, navigate });
    const expand = root ? (iri) => this.expand(iri) : null;
    this.filters = new Filters(this.network, () => this.#narrow());
    this.selection = new Selection(this.network, { signal, expand, root });
    this.table = new EdgeTable(this.network, { edge: (id) => this.#select(id), expand });
    this.notice = h("p", { class: "graph-notice", role: "status" });
    this.legend = h("div");
    this.canvas = h("div", { class: "graph-canvas" });
    this.stage = h(
      "div",
      {
        class: "graph-stage",
        tabindex: "0",
        role: "application",
        "aria-label": t("graph.stage"),
        on: { keydown: (event) => this.#pressed(event) },
      },
      this.canvas,
    );
    this.ready = imported(import("/static/graph/scene.js")).then((module) => {
      this.module = module;
    });
  }

  /** Shows what was told first. */
  begin(told) {
    const { root } = this;
    this.network.add(told);
    if (root) this.network.asked(root, told);
    const canDraw = this.module.canDraw();
    this.element = h(
      "div",
      { class: "graph" },
      this.filters.element,
      this.notice,
      h(
        "div",
        { class: "graph-body" },
        canDraw
          ? h("div", { class: "graph-picture" }, this.stage, this.#buttons(), this.legend)
          : h("p", { class: "graph-blind" }, t("graph.blind")),
        this.selection.element,
      ),
      this.table.element,
    );
    put(this.container, this.element);
    this.table.element.open = !canDraw;
    if (canDraw) this.#paint();
    this.show(root);
    if (root) this.#select(root);
  }

  /** Draws all that is to be seen; new nodes come out of the node `centre`. */
  show(centre) {
    this.#seen = this.network.seen(this.root ? [this.root] : []);
    this.filters.draw();
    this.table.draw(this.#seen);
    put(this.legend, legend(this.#seen));
    put(this.notice, this.#said());
    this.#scene?.show(this.#seen, centre);
    if (this.network.nodes.has(this.#chosen)) this.selection.node(this.#chosen, this.#seen.edges);
  }

  /** Brings the neighbours of a node, unless the filters change meanwhile: then they are asked for anew. */
  async expand(iri) {
    const name = label(this.network.nodes.get(iri));
    const signal = AbortSignal.any([this.signal, this.#asking.signal]);
    this.element.setAttribute("aria-busy", "true");
    try {
      const told = await neighbours(iri, this.network.filters, signal);
      if (signal.aborted) return;
      const added = this.network.add(told);
      this.network.asked(iri, told);
      this.show(iri);
      announce(t("graph.expanded", { name, count: added.length }));
    } catch (error) {
      if (!signal.aborted)
        put(
          this.notice,
          failure(error, () => this.expand(iri)),
        );
    } finally {
      if (!signal.aborted) this.element.removeAttribute("aria-busy");
    }
  }

  // What is here is narrowed at once; where the server has more than it has told, it is asked again.
  async #narrow() {
    if (this.root) remember(this.network.filters); // for who is sent the address
    this.#asking.abort(); // what the filters of before were to bring
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.element.removeAttribute("aria-busy");
    const wanting = this.network.wanting();
    this.show();
    for (const iri of wanting) if (!signal.aborted) await this.expand(iri);
  }

  #select(key) {
    this.#chosen = key;
    this.#scene?.choose(key);
    const edge = this.network.edges.get(key);
    if (edge) this.selection.edge(edge);
    else if (this.network.nodes.has(key)) this.selection.node(key, this.#seen.edges);
    else this.selection.clear();
    if (edge) this.selection.element.scrollIntoView({ block: "nearest" });
  }

  #click(iri) {
    this.#select(iri);
    if (this.root && !this.network.isOpen(iri)) this.expand(iri);
  }

  #open(iri) {
    const node = this.network.nodes.get(iri); // none where an edge is selected
    if (node && node.plain === undefined) this.navigate(entityAddress(iri));
  }

  #pressed(event) {
    const { key } = event;
    if (event.target !== this.stage || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = {
      Enter: () => this.network.nodes.has(this.#chosen) && this.#click(this.#chosen),
      o: () => this.#open(this.#chosen),
      "+": () => this.#scene.zoom(1.5),
      "-": () => this.#scene.zoom(1 / 1.5),
      0: () => this.#scene.fit(),
      Escape: () => this.#select(null),
    };
    const isTurn = this.module.Scene.leads(key);
    if (!isTurn && !(key in does)) return;
    event.preventDefault();
    if (isTurn) this.#select(this.#scene.beside(key));
    else does[key]();
  }

  #paint() {
    const on = {
      node: (iri) => this.#click(iri),
      edge: (id) => this.#select(id),
      open: (iri) => this.#open(iri),
      nothing: () => this.#select(null),
    };
    this.#scene = new this.module.Scene(this.canvas, on);
    // A wheel moves the page unless the picture has the focus.
    this.stage.addEventListener("wheel", (event) => this.#rolled(event), { capture: true });
    const sized = new ResizeObserver(() => this.#scene.resize());
    sized.observe(this.canvas);
    document.addEventListener("themechange", () => this.#scene.repaint(this.canvas), { signal: this.signal });
    this.signal.addEventListener("abort", () => {
      sized.disconnect();
      this.#scene.destroy();
    });
  }

  #rolled(event) {
    const isMeant = event.ctrlKey || document.fullscreenElement || this.stage.contains(document.activeElement);
    if (!isMeant) event.stopPropagation();
  }

  #buttons() {
    const button = (name, path, click) => {
      const icon = svg(
        "svg",
        { class: "shape", viewBox: "0 0 16 16", "aria-hidden": "true" },
        svg("path", { d: path }),
      );
      return h(
        "button",
        { type: "button", title: t(`graph.${name}`), "aria-label": t(`graph.${name}`), on: { click } },
        icon,
      );
    };
    return h(
      "div",
      { class: "graph-buttons" },
      button("zoom-in", "M3 8h10M8 3v10", () => this.#scene.zoom(1.5)),
      button("zoom-out", "M3 8h10", () => this.#scene.zoom(1 / 1.5)),
      button("fit", "M8 2v12M2 8h12M6 4l2-2 2 2M6 12l2 2 2-2M4 6L2 8l2 2M12 6l2 2-2 2", () => this.#scene.fit()),
      document.fullscreenEnabled &&
        button("fullscreen", "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", () =>
          document.fullscreenElement ? document.exitFullscreen() : this.element.requestFullscreen(),
        ),
    );
  }

  #said() {
    const said = this.network.limited().map(([iri, { total, nodes }]) => {
      const values = { name: label(this.network.nodes.get(iri)), shown: nodes.length - 1, total: total - 1 };
      return nodes.length < total ? t("graph.limited", values) : t("graph.cut", values);
    });
    if (this.network.left) said.push(t("graph.full", { count: MOST }));
    if (!this.#seen.edges.length) said.push(t("graph.narrowed"));
    return said.join(" ");
  }
}
