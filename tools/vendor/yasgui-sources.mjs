// The published source map of YASGUI in, its TypeScript modules out, less what the explorer does without.
//
// The package holds one bundle of 1.2 MB and, in its map, the modules that it was made of. Bundling those again leaves
// out what nobody here uses, the addresses of other servers among it, which a bundle cannot be relieved of. A text that
// is to be changed and is not there stops the build, so that a new version of YASGUI is looked at again.

import { readFileSync } from "node:fs";
import path from "node:path";

const BUILD = path.resolve("node_modules/@zazuko/yasgui/build");
const ENTRIES = {
  "@zazuko/yasqe": "yasqe/src/index.ts",
  "@zazuko/yasr": "yasr/src/index.ts",
  "@zazuko/yasgui-utils": "utils/src/index.ts",
};

// Modules that are given another text. What stores is left out because what was asked stays in the page and its address,
// what reads CSV, TSV and XML because the server is asked for JSON.
const REPLACED = {
  "yasqe/src/prefixes.json": "{}",
  "utils/src/Storage.ts": `export default class Storage {
    get() {} set() {} remove() {} removeNamespace() {} removeAll() {} removeExpiredKeys() {}
  }`,
  "yasr/src/helpers/index.ts": "export const addScript = undefined, addCss = undefined, sanitize = undefined;",
  "yasr/src/bindingsToCsv.ts": "export default () => undefined;",
  "yasr/src/parsers/csv.ts": unread("CSV"),
  "yasr/src/parsers/tsv.ts": unread("TSV"),
  "yasr/src/parsers/xml.ts": unread("XML"),
};

// Stretches of modules that are given another text, from the first to the last words named.
const CHANGED = {
  "yasqe/src/autocompleters/index.ts": [
    ["//Use protocol relative request", "export const fetchFromLov", ""], // asks Linked Open Vocabularies
    [" = (\n  yasqe: Yasqe,\n  type:", "\n};\n", ""],
    ["[variableCompleter, prefix", "];", "[variableCompleter, prefixCompleter];"],
  ],
  "yasqe/src/autocompleters/prefixes.ts": [
    ["get: function (yasqe) {\n    const prefixes", "prefixArray.sort();\n    });\n  },", "get: () => [],"], // asks prefix.cc
  ],
  "yasqe/src/defaults.ts": [
    ["https://dbpedia.org/sparql", "", "/sparql"],
    ["prefixCcApi: null,", "", ""],
  ],
  "yasqe/src/index.ts": [[" style='text-decoration:underline'", "", ""]], // refused by the Content-Security-Policy
  "utils/src/index.ts": [
    ["const { sanitize } = DOMPurify;", "", ""],
    ["sanitize(valueOrFn)", "", "valueOrFn"],
  ],
  "yasr/src/index.ts": [
    ["this.drawDocumentationButton();", "", ""], // leads to the manual of another server
    ["this.updateHelpButton();", "", ""],
    ["private updateHelpButton() {", "\n  }\n  updateExportHeaders", "updateExportHeaders"],
    ["private documentationLink!", "last item in the row\n  }", ""],
    ['import * as YasrPluginTable from "./plugins/table";', "", ""], // jQuery; query.js has its own, which links entities
    ['import * as YasrPluginBoolean from "./plugins/boolean";', "", ""],
    ['import * as YasrPluginError from "./plugins/error";', "", ""],
    ['Yasr.registerPlugin("table"', "as any);", ""],
    ['Yasr.registerPlugin("boolean"', "as any);", ""],
    ['Yasr.registerPlugin("error"', "as any);", ""],
  ],
  "yasr/src/plugins/response/index.ts": [['helpReference = "', '";', ""]],
  "yasr/src/parsers/index.ts": [["{{(.*?)}}", "", "(?!)"]], // literals are shown as they are
};

function unread(format) {
  return `export default () => { throw new Error("answers in ${format} are not read here"); };`;
}

/** An esbuild plug-in that gives YASGUI's parts from its source map. */
export function yasguiSources() {
  const modules = unpacked();
  const seen = new Set();
  return {
    name: "yasgui-sources",
    setup(build) {
      build.onResolve({ filter: /^@zazuko\// }, ({ path: name }) =>
        name in ENTRIES ? { path: ENTRIES[name], namespace: "yasgui" } : undefined,
      );
      build.onResolve({ filter: /\.s?css$/ }, () => ({ path: "style", namespace: "nothing" })); // yasgui.css has it
      build.onResolve({ filter: /^\./, namespace: "yasgui" }, ({ path: name, importer }) => {
        const wanted = path.posix.join(path.posix.dirname(importer), name);
        const found = ["", ".ts", ".js", "/index.ts"].map((end) => wanted + end).find((place) => modules.has(place));
        return found ? { path: found, namespace: "yasgui" } : { errors: [{ text: `no ${wanted} in the source map` }] };
      });
      build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "" }));
      build.onLoad({ filter: /.*/, namespace: "yasgui" }, ({ path: name }) => {
        seen.add(name);
        const loader = name.endsWith(".json") ? "json" : name.endsWith(".js") ? "js" : "ts";
        return { contents: changed(name, modules.get(name)), loader, resolveDir: BUILD };
      });
      build.onEnd(() => {
        const missed = Object.keys(CHANGED).filter((name) => !seen.has(name));
        if (missed.length) throw new Error(`changed and never read: ${missed.join(", ")}`);
      });
    },
  };
}

function unpacked() {
  const map = JSON.parse(readFileSync(path.join(BUILD, "yasgui.esm.js.map"), "utf8"));
  const named = map.sources.map((source, place) => [
    path.posix.join("yasgui/build", source),
    map.sourcesContent[place],
  ]);
  return new Map([...named.filter(([name]) => !name.includes("node_modules")), ...Object.entries(REPLACED)]);
}

function changed(name, text) {
  for (const [first, last, replacement] of CHANGED[name] ?? []) {
    const start = text.indexOf(first);
    const end = start < 0 ? -1 : text.indexOf(last, start + first.length);
    if (end < 0) throw new Error(`${name}: no longer holds ${first} … ${last}`);
    text = text.slice(0, start) + replacement + text.slice(end + last.length);
  }
  return text;
}
