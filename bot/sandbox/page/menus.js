/** Small menus that drop from a button. */

import { h, roving } from "./dom.js";
import { icon } from "./icons.js";

/** A button with *name* that drops a menu; *items* is asked each time: `{ icon, label, danger, do }`. */
export function menuButton(iconName, name, items) {
  const list = h("div", { className: "menu", role: "menu", "aria-label": name, hidden: true });
  const button = h(
    "button",
    { className: "round", type: "button", title: name, "aria-label": name, "aria-haspopup": "menu" },
    icon(iconName),
  );
  const holder = h("div", { className: "menu-holder" }, button, list);
  const show = (shown) => {
    list.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    if (shown) list.replaceChildren(...items().map((item) => entry(item, () => show(false))));
  };
  button.addEventListener("click", () => {
    show(list.hidden);
    list.firstElementChild?.focus();
  });
  holder.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      show(false);
      button.focus();
    } else {
      roving(event, [...list.children]);
    }
  });
  holder.addEventListener("focusout", (event) => holder.contains(event.relatedTarget) || show(false));
  show(false);
  return holder;
}

function entry({ icon: name, label, danger, do: act }, close) {
  const chosen = () => {
    close();
    act();
  };
  const className = danger ? "menu-item danger" : "menu-item";
  return h("button", { className, type: "button", role: "menuitem", on: { click: chosen } }, icon(name), label);
}
