/** One message: a bubble with its text, its time, its file and its buttons. */

import { avatar, colourOf } from "./avatars.js";
import { h } from "./dom.js";
import { keepFolds } from "./folds.js";
import { forwardedFrom } from "./forwarding.js";
import { icon } from "./icons.js";
import { inlineKeyboard, keepFocus } from "./inline-keyboard.js";
import { languageOf } from "./languages.js";
import { location } from "./locations.js";
import { botName, senderId, senderName } from "./naming.js";
import { isService, preview } from "./previews.js";
import { richText } from "./rich-text.js";
import { documentAddress, photoAddress } from "./server.js";
import { momentOf, timeOf } from "./times.js";
import { topicName } from "./topics.js";

/**
 * The list item of *message* as *person* sees it; *actions* as in `richText`, and `jump(message)`, `reply(message)`, `forward(message)`, and
 * where topics are mixed `topic(id)`.
 */
export function bubble(world, message, person, actions) {
  if (isService(message)) return service(message);
  const isPost = message.chat.type === "channel";
  const out = message.author_id === person.id && !isPost;
  const item = h("li", { className: `message ${out ? "out" : "in"}`, data: { message: message.message_id } });
  const sender = senderName(world, message, person);
  const crowded = !out && message.chat.type !== "private" && !isPost;
  // One's own messages bear a name where it is another one.
  const named = crowded || (out && message.sender_chat);
  const isBot = message.from_bot && !message.sender_chat;
  if (crowded) item.append(avatar(senderId(message), sender, { isBot }));
  const keyboard = inlineKeyboard(message, person.id, botName(world, person), actions.follow);
  const shown = h(
    "div",
    { className: "bubble" },
    h("span", { className: "unseen" }, `${out ? "You" : sender}, ${timeOf(message.date)}:`),
    named && h("div", { className: "sender", data: { colour: colourOf(senderId(message)) }, "aria-hidden": "true" }, sender),
    forwardedFrom(message),
    message.via_bot && h("div", { className: "via" }, "via ", h("span", {}, `@${message.via_bot.username}`)),
    actions.topic && message.is_topic_message && topicChip(world, message, actions),
    answers(message) && quoted(world, message.reply_to_message, person, actions),
    message.photo && photo(message, { top: !named && !message.forward_origin && !answers(message) && !message.via_bot }),
    message.document && file(message),
    message.location && location(message.location),
    content(message, actions, out),
    messageButtons(message, actions),
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

/** Whatever stands in a topic answers the message that began it; that is not worth showing. */
function answers({ reply_to_message: original }) {
  return original && !original.forum_topic_created;
}

/** By keyboard one goes to a message with Ctrl and an arrow key in the field: Tab has enough to stop at. */
function messageButtons(message, actions) {
  const button = (name, className, title, click) =>
    h("button", { className, type: "button", tabIndex: -1, title, "aria-label": title.split(" (")[0], on: { click } }, icon(name));
  return h(
    "div",
    { className: "message-buttons" },
    button("reply", "reply-button", "Reply (Ctrl+↑)", () => actions.reply(message)),
    button("forward", "forward-button", "Forward", () => actions.forward(message)),
  );
}

function topicChip(world, message, actions) {
  const id = message.message_thread_id;
  const name = topicName(world.chats.get(message.chat.id), id);
  return h("button", { className: "topic-chip", type: "button", title: `To the topic ${name}`, on: { click: () => actions.topic(id) } }, icon("topics"), name);
}

function photo(message, { top }) {
  const { width, height } = message.photo.at(-1);
  const address = photoAddress(message);
  const className = ["photo-link", top && "top", !message.caption && "bare"].filter(Boolean).join(" ");
  return h("a", { className, href: address, target: "_blank", rel: "noopener" }, h("img", { className: "photo", src: address, alt: "Photo", width, height }));
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
