// GEXF files in, what graphology reads in them out, as Gephi Lite does: a JSON object a line.

import { readFileSync } from "node:fs";
import graphology from "graphology";
import gexf from "graphology-gexf";

for (const path of process.argv.slice(2)) {
  const graph = gexf.parse(graphology.Graph ?? graphology, readFileSync(path, "utf8"));
  const { attributes, nodes, edges, options } = graph.export();
  console.log(JSON.stringify({ attributes, options, nodes, edges }));
}
