// npm's packages in, kg/service/static/vendor out: minified ES modules, one style sheet, and the licences of all of it.
//
//     cd tools/vendor && npm ci && npm run build
//
// The same lock file gives the same bytes. What is built is committed: who runs Dateline needs neither npm nor Node.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { yasguiSources } from "./yasgui-sources.mjs";

const TARGET = "../../kg/service/static/vendor";
const PERMISSIVE = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"];

// Small stand-ins for packages of which next to nothing is used, or what is used asks for more than the policy allows.
const REPLACED = {
  "lodash-es/_root.js": "export default globalThis;", // asks Function() for the global object
  "@fortawesome/free-solid-svg-icons/faDownload": icon("M4 1h4v5h3L6 11 1 6h3zM0 12h12v2H0z"),
  "@fortawesome/free-solid-svg-icons/faAlignLeft": icon("M0 1h12v2H0zM0 5h8v2H0zM0 9h12v2H0z"),
  "@fortawesome/free-solid-svg-icons/faQuestionCircle": icon(""),
  buffer: "export const Buffer = undefined;", // for streams of Node
  dompurify: "export default undefined;",
};

function icon(svgPathData) {
  return `export const width = 12, height = 14, svgPathData = ${JSON.stringify(svgPathData)};`;
}

const standIns = {
  name: "stand-ins",
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path: name, importer }) => {
      const asked = name === "./_root.js" && importer.includes("lodash-es") ? "lodash-es/_root.js" : name;
      return asked in REPLACED ? { path: asked, namespace: "stand-in" } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: "stand-in" }, ({ path: name }) => ({ contents: REPLACED[name] }));
  },
};

/** The packages that a bundle is made of, as their package.json. */
function packages(inputs) {
  const names = inputs.map((input) => input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean);
  if (inputs.some((input) => input.startsWith("yasgui:"))) names.push("@zazuko/yasgui");
  return [...new Set(names)]
    .sort()
    .map((name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")));
}

function licence(name, { license, author, contributors = [] }) {
  if (!PERMISSIVE.includes(license)) throw new Error(`${name}: ${license} is not a licence to bundle`);
  const file = readdirSync(`node_modules/${name}`).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) return readFileSync(`node_modules/${name}/${file}`, "utf8").trim().replaceAll("\r\n", "\n");
  const holders = [author, ...contributors].map((person) => person?.name ?? person).join(", ");
  return mit(holders); // the package names its licence and holds no text of it
}

function mit(holders) {
  const lines = readFileSync("node_modules/sigma/LICENSE.txt", "utf8").split("\n");
  const place = lines.findIndex((line) => /^Copyright/i.test(line));
  return ["MIT License", "", `Copyright (c) ${holders}`, ...lines.slice(place + 1)].join("\n").trim();
}

async function bundled(entry, plugins) {
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    outfile: entry,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none", // LICENSES.txt has them whole
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [standIns, ...plugins],
    metafile: true,
    write: false,
  });
  const used = Object.entries(Object.values(metafile.outputs)[0].inputs).filter(
    ([, { bytesInOutput }]) => bytesInOutput,
  );
  const parts = packages(used.map(([input]) => input));
  write(entry, `/*! ${parts.map(titled).join(", ")}; licences: LICENSES.txt */\n${outputFiles[0].text}`);
  return parts;
}

const titled = ({ name, version }) => `${name} ${version}`;

function write(name, text) {
  writeFileSync(path.join(TARGET, name), text);
  console.log(`${name}: ${text.length} bytes, ${gzipSync(text).length} compressed`);
}

async function styled() {
  const { outputFiles } = await build({
    entryPoints: ["node_modules/@zazuko/yasqe/build/yasqe.min.css"],
    minify: true,
    write: false,
  });
  write("yasgui.css", outputFiles[0].text);
}

mkdirSync(TARGET, { recursive: true });
const parts = [...(await bundled("graph.js", [])), ...(await bundled("yasgui.js", [yasguiSources()]))];
await styled();
const unique = new Map(parts.map((part) => [part.name, part]));
const texts = [...unique.keys()]
  .sort()
  .map((name) => `${titled(unique.get(name))}\n\n${licence(name, unique.get(name))}\n`);
write("LICENSES.txt", texts.join(`\n${"-".repeat(78)}\n\n`));
