/** A dialog to choose one of some chats. */

import { avatar } from "./avatars.js";
import { h, roving } from "./dom.js";
import { open } from "./notices.js";

/** Offer in a dialog called *title* `{ chat, sign, name, words, isBot, press }`; *none* stands there when no chat is among them. */
export function choose(title, offers, none) {
  const dialog = h("dialog", { className: "dialog picker", "aria-label": title });
  // What comes next may open only when this is gone, or the focus would be nowhere.
  const rows = offers.map((offer) => row(offer, () => (dialog.close(), offer.press())));
  const list = h("div", { className: "picker-list", role: "list", on: { keydown: (event) => roving(event, [...list.querySelectorAll("button")]) } }, rows);
  const cancel = h("button", { className: "plain", type: "button", on: { click: () => dialog.close() } }, "Cancel");
  const nothing = h("p", { className: "picker-none", hidden: offers.some(({ chat }) => chat) }, none);
  dialog.append(h("h2", {}, title), list, nothing, h("div", { className: "dialog-buttons" }, cancel));
  open(dialog);
}

function row({ chat, sign, name, words, isBot }, press) {
  const picture = chat ? avatar(chat.id, name, { isBot }) : h("span", { className: "picker-sign" }, sign);
  const lines = h("span", { className: "member-lines" }, h("span", { className: "member-name" }, name), words && h("span", { className: "member-words" }, words));
  return h("div", { role: "listitem" }, h("button", { className: "picker-row", type: "button", on: { click: press } }, picture, lines));
}
