/** Small forms in a dialog: a few fields, Cancel, and what it is all for. */

import { h } from "./dom.js";
import { open } from "./notices.js";

/** Ask for *fields* in a dialog called *title*; *act* is called when the button *action* was pressed. */
export function ask(title, action, fields, act) {
  const dialog = h("dialog", { className: "dialog", "aria-label": title });
  const cancel = h("button", { className: "plain", type: "button", on: { click: () => dialog.close() } }, "Cancel");
  const go = h("button", { className: "plain", value: "go" }, action);
  const buttons = h("div", { className: "dialog-buttons" }, cancel, go);
  dialog.append(h("form", { method: "dialog" }, h("h2", {}, title), fields, buttons));
  dialog.addEventListener("close", () => dialog.returnValue === "go" && act());
  open(dialog);
}

/** A field for a line of text; *input* is the element itself. */
export function line(label, input) {
  return h("label", { className: "field" }, label, input);
}

/** The element of a line that must be filled. */
export function words(value = "", placeholder = "") {
  return h("input", { value, placeholder, required: true, maxLength: 128, pattern: ".*\\S.*", autocomplete: "off" });
}

/** Boxes to tick, under one *legend*: `{ value, label, checked, note }`; and what is ticked. */
export function choices(legend, offers) {
  const boxes = offers.map(({ value, checked }) => h("input", { type: "checkbox", value, checked: Boolean(checked) }));
  const rows = offers.map(({ label, note, shown }, index) =>
    h("label", { className: "choice" }, boxes[index], shown, h("span", {}, label, note && h("small", {}, note))),
  );
  const element = h("fieldset", { className: "choices", hidden: !offers.length }, h("legend", {}, legend), rows);
  return { element, chosen: () => boxes.filter((box) => box.checked).map((box) => box.value) };
}
