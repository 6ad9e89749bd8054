// The explorer: an address in, the page that belongs there out, made by a module of its own.

import { Failure, imported } from "/static/base/api.js";
import { h, put } from "/static/base/dom.js";
import * as i18n from "/static/base/i18n.js";
import { again, navigate, start } from "/static/base/navigation.js";
import { place } from "/static/base/routes.js";
import * as theme from "/static/base/theme.js";
import * as vocabulary from "/static/base/vocabulary.js";
import { failure, loading } from "/static/parts/states.js";
import * as masthead from "/static/app/masthead.js";
import * as search from "/static/app/search.js";

const MODULES = {
  home: "/static/pages/home.js",
  entity: "/static/pages/entity.js",
  article: "/static/pages/article.js",
  query: "/static/pages/query.js",
};

const main = document.getElementById("main");
let leaving = new AbortController();
let isReady = false;
let preparing = null;

/** Shows an address. What the former page still waits for is given up. */
async function render(url, { restore }) {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const root = h("div", { class: "page" }, isReady ? loading() : null);
  put(main, root);
  main.setAttribute("aria-busy", "true");
  try {
    import(MODULES[place(url)?.page ?? "home"]).catch(() => {}); // on its way while the words come
    await ready();
    await fill(root, url, signal);
    if (!signal.aborted) settle(root, url, restore, signal);
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Failure)) console.error(error);
    put(root, failure(error, again, { title: "h1" }));
  } finally {
    if (!signal.aborted) main.removeAttribute("aria-busy");
  }
}

async function fill(root, url, signal) {
  const { page, iri } = place(url) ?? { page: "home" };
  root.classList.add(`page-${page}`);
  const { default: draw } = await imported(import(MODULES[page]));
  if (signal.aborted) return;
  await draw(root, { iri, parameters: url.searchParams, signal, navigate });
}

// Words and terms come before all else, once; a server that was away is asked again with the next page.
function ready() {
  preparing ??= prepared();
  return preparing;
}

async function prepared() {
  try {
    await Promise.all([i18n.load().then(masthead.draw), vocabulary.load()]);
  } catch (error) {
    preparing = null;
    throw error;
  }
  isReady = true;
  search.begin();
}

// The title of the page is its heading, and there a screen reader goes on.
function settle(root, url, restore, signal) {
  const heading = root.querySelector("h1");
  const name = heading?.textContent.trim();
  document.title = name && url.pathname !== "/" ? `${name} · Dateline` : "Dateline";
  masthead.mark(root);
  const target = document.getElementById(url.hash.slice(1));
  if (restore === null && heading && visited) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  visited = true;
  if (restore !== null) scrollBack(restore, signal);
  else if (target) target.scrollIntoView();
  else if (!url.hash) window.scrollTo(0, 0);
}

// Down to where the reader had been, as soon as the page has grown so long again; unless the reader moves first
function scrollBack(place, signal) {
  const done = new AbortController();
  const observer = new ResizeObserver(() => {
    window.scrollTo(0, place);
    if (document.documentElement.scrollHeight >= place + window.innerHeight) done.abort();
  });
  done.signal.addEventListener("abort", () => observer.disconnect());
  for (const moved of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    document.addEventListener(moved, () => done.abort(), { signal: done.signal, passive: true });
  }
  signal.addEventListener("abort", () => done.abort());
  observer.observe(main);
}

let visited = false; // the first page leaves the focus where the browser has it

document.addEventListener("languagechange", () => {
  masthead.draw();
  again();
});

theme.start();
start(render);
