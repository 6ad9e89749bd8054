// What is to be seen of a network in, a picture of it that can be moved, pointed at and walked through with arrow keys
// out.

import {
  EdgeArrowProgram,
  EdgeCurvedArrowProgram,
  MultiDirectedGraph,
  Sigma,
  animateNodes,
} from "/static/vendor/graph.js";
import { label } from "/static/base/i18n.js";
import { colour } from "/static/base/vocabulary.js";
import { arranged } from "/static/graph/arrangement.js";
import { Labels } from "/static/graph/labels.js";
import { bends } from "/static/graph/network.js";

const FEW = 24; // edges that are all labelled
const LABELLED = 5; // pixels of a dot from which on it has its name beside it
const CROWD = 120; // nodes from which on all of them are drawn smaller
const GLIDE = 350; // milliseconds in which nodes go to new places
const TURNS = { ArrowRight: 0, ArrowUp: Math.PI / 2, ArrowLeft: Math.PI, ArrowDown: -Math.PI / 2 };

/** Whether this browser can draw at all. */
export function canDraw() {
  try {
    const context = document.createElement("canvas").getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return Boolean(context);
  } catch {
    return false;
  }
}

/** A picture in an element. `on` has listeners: node(iri), edge(id), open(iri), nothing(). */
export class Scene {
  #graph = new MultiDirectedGraph();
  #sigma;
  #on;
  #chosen = null; // the node or the edge that is selected
  #near = null; // the one that is pointed at
  #lit = new Set(); // what belongs to either of them
  #scale = 1; // of dots and lines: the more of them, the smaller
  #stop = () => {};
  #colours;
  #labels = new Labels();

  constructor(element, on) {
    this.#on = on;
    this.#colours = colours(element);
    this.#sigma = new Sigma(this.#graph, element, this.#settings());
    const sigma = this.#sigma;
    sigma.on("beforeRender", () => this.#labels.clear());
    sigma.on("afterRender", () => this.#labels.draw(sigma.getCanvases().labels.getContext("2d"), sigma.getDimensions()));
    sigma.on("clickNode", ({ node }) => on.node(node));
    sigma.on("clickEdge", ({ edge }) => on.edge(edge));
    sigma.on("clickStage", () => on.nothing());
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      on.open(node);
    });
    for (const [kind, event] of [
      ["enterNode", "node"],
      ["enterEdge", "edge"],
    ])
      sigma.on(kind, (it) => this.#point(it[event]));
    for (const kind of ["leaveNode", "leaveEdge"]) sigma.on(kind, () => this.#point(null));
  }

  /** Shows these nodes and edges and no others; new ones come out of the node `centre`. */
  show({ nodes, edges }, centre) {
    this.#stop();
    const graph = this.#graph;
    const before = new Map(graph.mapNodes((iri, { x, y }) => [iri, { x, y }]));
    const drawn = edges.filter(({ source, target }) => source !== target);
    const places = arranged(nodes, drawn, { from: before, centre });
    const origin = before.get(centre);
    graph.clear();
    this.#scale = Math.min(1, Math.sqrt(CROWD / nodes.length));
    this.#sigma.setSetting("labelRenderedSizeThreshold", LABELLED * this.#scale);
    for (const node of nodes)
      graph.addNode(node.iri, this.#node(node, before.get(node.iri) ?? origin ?? places.get(node.iri)));
    const bend = bends(drawn);
    for (const edge of drawn)
      graph.addDirectedEdgeWithKey(edge.id, edge.source, edge.target, this.#edge(edge, bend.get(edge.id)));
    this.#light();
    const isStill = !before.size || nodes.length > 800 || matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (isStill) graph.updateEachNodeAttributes((iri, attributes) => Object.assign(attributes, places.get(iri)));
    else this.#stop = animateNodes(graph, Object.fromEntries(places), { duration: GLIDE, easing: "quadraticOut" });
  }

  /** Selects a node or an edge, or nothing (null). */
  choose(key) {
    this.#chosen = key;
    this.#light();
  }

  zoom(factor) {
    const camera = this.#sigma.getCamera();
    camera.animate({ ratio: camera.ratio / factor }, { duration: GLIDE / 2 });
  }

  fit() {
    this.#sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: GLIDE / 2 });
  }

  /** The node that an arrow key leads to: the nearest in that direction, as far as one looks straight ahead. */
  beside(key) {
    const graph = this.#graph;
    if (!graph.hasNode(this.#chosen)) return graph.nodes()[0];
    const here = graph.getNodeAttributes(this.#chosen);
    let [best, least] = [this.#chosen, Infinity];
    graph.forEachNode((iri, { x, y }) => {
      const [right, up] = [x - here.x, y - here.y];
      const aside = Math.cos(Math.atan2(up, right) - TURNS[key]);
      const far = Math.hypot(right, up) / aside ** 2;
      if (iri !== this.#chosen && aside > 0.3 && far < least) [best, least] = [iri, far];
    });
    return best;
  }

  static leads(key) {
    return key in TURNS;
  }

  /** Reads the colours of the page again, after it has turned light or dark. */
  repaint(element) {
    this.#colours = colours(element);
    this.#sigma.refresh(); // what is changed below must be known to it
    this.#graph.updateEachEdgeAttributes((_, attributes) => ({
      ...attributes,
      color: this.#colours[attributes.standing],
    }));
    const { labelColor, edgeLabelColor } = this.#settings();
    this.#sigma.setSettings({ labelColor, edgeLabelColor });
  }

  resize() {
    this.#sigma.refresh();
  }

  destroy() {
    this.#stop();
    this.#sigma.kill();
  }

  #settings() {
    const { ink, quiet, sans } = this.#colours;
    return {
      allowInvalidContainer: true,
      renderEdgeLabels: true,
      enableEdgeEvents: true,
      zIndex: true,
      defaultEdgeType: "straight",
      edgeProgramClasses: { straight: EdgeArrowProgram, curved: EdgeCurvedArrowProgram },
      minEdgeThickness: 1.8,
      labelFont: sans,
      labelSize: 13,
      labelWeight: "500",
      labelColor: { color: ink },
      labelDensity: 2, // of candidates: those that find no room are left out
      labelGridCellSize: 60,
      defaultDrawNodeLabel: (_, data, settings) => this.#labels.add(data, settings),
      edgeLabelFont: sans,
      edgeLabelSize: 11.5,
      edgeLabelColor: { color: quiet },
      stagePadding: 48,
      minCameraRatio: 0.05,
      maxCameraRatio: 3,
      defaultDrawNodeHover: (context, data, settings) => this.#boxed(context, data, settings),
      nodeReducer: (iri, data) => this.#reducedNode(iri, data),
      edgeReducer: (id, data) => this.#reducedEdge(id, data),
    };
  }

  #node(node, { x, y }) {
    const size = Math.min(4.5 + 1.6 * Math.sqrt(node.degree ?? 1), 18) * this.#scale;
    return { x, y, size, label: node.plain ?? label(node), color: colour(node.types) };
  }

  #edge({ standing, predicate, weight }, curvature) {
    const size = Math.min(2 + 0.9 * Math.log2(weight || 1), 5.5) * (standing === "asserted" ? 1 : 0.75) * this.#scale;
    const type = Math.abs(curvature) < 1e-3 ? "straight" : "curved";
    return {
      standing,
      size,
      type,
      curvature,
      label: predicate ? label(predicate) : "",
      color: this.#colours[standing],
    };
  }

  #point(key) {
    this.#near = key;
    this.#light();
  }

  // Of what is pointed at, or else of what is selected: the thing, its edges, and their other ends.
  #light() {
    const graph = this.#graph;
    const key = [this.#near, this.#chosen].find((it) => graph.hasNode(it) || graph.hasEdge(it));
    this.#lit = new Set(key ? [key] : []);
    if (graph.hasNode(key)) {
      for (const edge of graph.edges(key)) this.#lit.add(edge);
      for (const other of graph.neighbors(key)) this.#lit.add(other);
    } else if (graph.hasEdge(key)) for (const end of graph.extremities(key)) this.#lit.add(end);
    this.#sigma.refresh({ skipIndexation: true });
  }

  #reducedNode(iri, data) {
    if (this.#lit.size && !this.#lit.has(iri)) return { ...data, color: this.#colours.faint, label: null, zIndex: 0 };
    return {
      ...data,
      zIndex: 1,
      highlighted: iri === this.#chosen,
      forceLabel: this.#lit.size > 0 && this.#lit.size <= FEW,
    };
  }

  #reducedEdge(id, data) {
    const isLit = this.#lit.has(id);
    if (this.#lit.size && !isLit) return { ...data, color: this.#colours.faint, label: null, zIndex: 0 };
    const isNamed = this.#graph.size <= FEW || (isLit && this.#lit.size <= FEW * 2);
    const size = id === this.#chosen || id === this.#near ? data.size + 1.5 : data.size;
    return { ...data, size, zIndex: 1, label: isNamed ? data.label : null, forceLabel: isNamed };
  }

  // The label of what is pointed at, on a ground of the page's own colour.
  #boxed(context, { x, y, size, label: text, color }, { labelFont, labelSize, labelWeight }) {
    const { raised, ink } = this.#colours;
    context.beginPath();
    context.arc(x, y, size + 3, 0, 2 * Math.PI);
    context.strokeStyle = ink;
    context.lineWidth = 2;
    context.stroke();
    context.beginPath();
    context.arc(x, y, size, 0, 2 * Math.PI);
    context.fillStyle = color;
    context.fill();
    if (!text) return;
    context.font = `${labelWeight} ${labelSize}px ${labelFont}`;
    const [left, height] = [x + size + 3, labelSize + 8];
    context.beginPath();
    context.roundRect(left, y - height / 2, context.measureText(text).width + 10, height, 3);
    context.fillStyle = raised;
    context.fill();
    context.lineWidth = 1;
    context.stroke();
    context.fillStyle = ink;
    context.fillText(text, left + 5, y + labelSize / 3);
  }
}

const STANDINGS = ["asserted", "planned", "possible", "denied", "attributed", "former"];

/** The colours of the page as WebGL takes them. */
function colours(element) {
  const style = getComputedStyle(element);
  const read = (name) => asHex(style.getPropertyValue(name).trim() || "#777777");
  const named = Object.fromEntries(STANDINGS.map((standing) => [standing, read(`--${standing}`)]));
  const page = { ink: read("--ink"), quiet: read("--quiet"), raised: read("--raised"), faint: read("--rule") };
  return { ...named, ...page, sans: style.fontFamily };
}

function asHex(text) {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((each) => each.toString(16).padStart(2, "0")).join("")}`;
}
