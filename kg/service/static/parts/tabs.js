// Names and what draws each panel in, tabs out, as WAI-ARIA's Authoring Practices have them; a panel is drawn when it is
// first looked at.

import { h, unique } from "/static/base/dom.js";

/** Tabs: `tabs` are {name, title, count, draw(panel)}; `selected` is the name of the first one shown; `chosen(name)` hears
 * of each that is. */
export function tabs(label, tabs, { selected, chosen = () => {} }) {
  const prefix = unique("tab");
  const buttons = tabs.map(({ name, title, count }) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `${prefix}-${name}`,
        class: "tab",
        "aria-controls": `${prefix}-${name}-panel`,
        on: { click: () => show(name) },
      },
      title,
      count === undefined ? null : h("span", { class: "tab-count figure" }, count),
    ),
  );
  const panels = tabs.map(({ name }) =>
    h("div", {
      role: "tabpanel",
      id: `${prefix}-${name}-panel`,
      class: `panel panel-${name}`,
      "aria-labelledby": `${prefix}-${name}`,
      hidden: true,
    }),
  );
  const list = h("div", { role: "tablist", class: "tablist", "aria-label": label, on: { keydown: moved } }, buttons);
  const drawn = new Set();

  function show(name) {
    for (const [place, tab] of tabs.entries()) {
      const isShown = tab.name === name;
      buttons[place].setAttribute("aria-selected", String(isShown));
      buttons[place].tabIndex = isShown ? 0 : -1;
      panels[place].hidden = !isShown;
      if (isShown) buttons[place].scrollIntoView?.({ block: "nearest", inline: "nearest" });
      if (isShown && !drawn.has(name)) tab.draw(panels[place]);
    }
    drawn.add(name);
    chosen(name);
  }

  function moved(event) {
    const now = buttons.indexOf(document.activeElement);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (now < 0 || next === undefined) return;
    event.preventDefault();
    const button = buttons[(next + buttons.length) % buttons.length];
    button.focus();
    button.click();
  }

  const whole = h("div", { class: "tabs" }, list, panels);
  return { element: whole, begin: () => show(tabs.some(({ name }) => name === selected) ? selected : tabs[0].name) };
}
