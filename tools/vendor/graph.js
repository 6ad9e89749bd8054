// What graph.js of the explorer draws with.
export { MultiDirectedGraph } from "graphology";
export { default as Sigma } from "sigma";
export { animateNodes } from "sigma/utils";
export { EdgeArrowProgram } from "sigma/rendering";
export { EdgeCurvedArrowProgram } from "@sigma/edge-curve";
export { default as iterate } from "graphology-layout-forceatlas2/iterate.js";
