// Names, properties and children in, elements out. Text becomes text nodes and nothing else, so that what an article
// says is shown and never read as markup.

const SVG = "http://www.w3.org/2000/svg";
const SCHEMES = new Set(["http:", "https:", "mailto:"]);

/** An HTML element. Properties: attributes by name (`false`, `null` and `undefined` leave one out, `true` is an empty
 * one), `on: {click: …}` for listeners, `style: {"--colour": …}` for CSS properties, `dataset: {…}`, and `value`,
 * `checked`, `selected`, `open` as the element has them. Children: nodes, text, numbers, lists of them; `null` and
 * `false` are left out. */
export function h(tag, properties, ...children) {
  return filled(document.createElement(tag), properties, children);
}

/** An SVG element, by the same rules. */
export function svg(tag, properties, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children);
}

/** Puts children, by the rules of `h`, in the place of what an element holds; gives the element back. */
export function put(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "style") {
      for (const [property, each] of Object.entries(value)) element.style.setProperty(property, each);
    } else if (name === "dataset") {
      Object.assign(element.dataset, value);
    } else if (name === "value" || name === "checked" || name === "selected" || name === "open") {
      element[name] = value;
    } else {
      attribute(element, name, value);
    }
  }
  element.append(...nodes(children));
  return element;
}

function attribute(element, name, value) {
  if (/^on/i.test(name) || name === "srcdoc") throw new TypeError(`${name}: listeners go into "on"`);
  if ((name === "href" || name === "src" || name === "action") && !isSafe(value)) return;
  element.setAttribute(name, value === true ? "" : String(value));
}

function isSafe(address) {
  try {
    return SCHEMES.has(new URL(address, location.href).protocol);
  } catch {
    return false;
  }
}

function nodes(children) {
  const flat = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
  return flat.map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));
}

/** Says something to who listens to the page and doesn't see it. */
export function announce(text) {
  put(document.getElementById("announcer"), text);
}

let counted = 0;

/** An id that no other element of the page has. */
export function unique(prefix) {
  counted += 1;
  return `${prefix}-${counted}`;
}
