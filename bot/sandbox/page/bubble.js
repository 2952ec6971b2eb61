/** One message: a bubble with its text, its time, its file and its buttons. */

import { avatar, colourOf } from "./avatars.js";
import { h } from "./dom.js";
import { keepFolds } from "./folds.js";
import { icon } from "./icons.js";
import { inlineKeyboard, keepFocus } from "./inline-keyboard.js";
import { languageOf } from "./languages.js";
import { botName, senderName } from "./naming.js";
import { isService, preview } from "./previews.js";
import { richText } from "./rich-text.js";
import { documentAddress } from "./server.js";
import { momentOf, timeOf } from "./times.js";

/** The list item of *message* as *person* sees it; *actions* as in `richText`, and `jump(message)`. */
export function bubble(world, message, person, actions) {
  if (isService(message)) return service(message);
  const out = message.from?.id === person.id;
  const item = h("li", { className: `message ${out ? "out" : "in"}`, data: { message: message.message_id } });
  const sender = senderName(world, message, person);
  const crowded = !out && message.chat.type !== "private" && message.chat.type !== "channel";
  if (crowded) item.append(avatar(message.from?.id ?? message.chat.id, sender, { isBot: message.from?.is_bot }));
  const keyboard = inlineKeyboard(message, person.id, botName(world, person));
  const shown = h(
    "div",
    { className: "bubble" },
    h("span", { className: "unseen" }, `${out ? "You" : sender}, ${timeOf(message.date)}:`),
    crowded && h("div", { className: "sender", data: { colour: colourOf(message.from?.id) }, "aria-hidden": "true" }, sender),
    message.reply_to_message && quoted(world, message.reply_to_message, person, actions),
    message.document && file(message),
    content(message, actions, out),
  );
  item.append(h("div", { className: `stack${keyboard ? " with-keyboard" : ""}` }, shown, keyboard));
  return item;
}

/** Put *message* as it is now into *item*; open quotes stay open, the focus stays where it is. */
export function refill(item, world, message, person, actions) {
  const fresh = bubble(world, message, person, actions);
  keepFolds(item, fresh);
  keepFocus(item.querySelector(".keyboard"), fresh.querySelector(".keyboard"));
  item.replaceChildren(...fresh.childNodes);
}

function content(message, actions, out) {
  // The apps do not say it of what a bot edited: that happens all the time.
  const edited = message.edit_date && !message.from?.is_bot;
  const title = [momentOf(message.date), message.edit_date && `edited ${momentOf(message.edit_date)}`];
  const text = message.text ?? message.caption ?? "";
  const shown = richText(text, message.entities ?? message.caption_entities, actions);
  shown.append(
    h(
      "span",
      { className: "meta", title: title.filter(Boolean).join("\n") },
      edited && "edited ",
      h("time", { dateTime: new Date(message.date * 1000).toISOString() }, timeOf(message.date)),
      out && icon("checks"),
    ),
  );
  return shown;
}

function quoted(world, original, person, actions) {
  const text = preview(original);
  return h(
    "button",
    { className: "quote reply", type: "button", on: { click: () => actions.jump(original) } },
    h("span", { className: "reply-sender" }, senderName(world, original, person)),
    h("span", { className: "reply-text", lang: languageOf(text) }, text),
  );
}

function file(message) {
  const { file_name: name, file_size: size } = message.document;
  return h(
    "a",
    { className: "file", href: documentAddress(message), download: name },
    h("span", { className: "file-icon" }, icon("file")),
    h("span", { className: "file-name" }, name, h("span", { className: "file-size" }, sizeOf(size))),
  );
}

function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

function service(message) {
  const words = h("span", { className: "pill" }, preview(message));
  return h("li", { className: "service", data: { message: message.message_id } }, words);
}
