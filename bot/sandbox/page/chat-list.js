/** The list of a person's chats: name, last message, time, what is unread. */

import { avatar } from "./avatars.js";
import { h, renew, roving, soon } from "./dom.js";
import { languageOf } from "./languages.js";
import { icon } from "./icons.js";
import { chatTitle, fullName, senderName } from "./naming.js";
import { newChatButton } from "./new-chat.js";
import { askForPerson } from "./people.js";
import { go, onPlace, place } from "./place.js";
import { isService, preview } from "./previews.js";
import { unreadOf } from "./reading.js";
import { briefly, momentOf } from "./times.js";

// What stands before the title, to tell chats of many from others and from each other.
const SIGNS = { group: "people", supergroup: "people", forum: "topics", channel: "megaphone" };

/** Fill *section*; *enter* is called when somebody chose a chat. */
export function showChats(section, world, enter) {
  const heading = h("h1", {});
  const connection = h("p", { className: "connection", hidden: true, role: "status" }, "Waiting for the sandbox…");
  const list = h("div", { className: "chat-list", on: { keydown: (event) => roving(event, [...list.children]) } });
  const begin = newChatButton(world);
  section.append(h("header", { className: "chats-header" }, heading, connection), list, begin);
  const typing = new Map();
  const refresh = soon(() => {
    const person = world.people.get(place.person);
    heading.textContent = person ? fullName(person) : "Telegram sandbox";
    begin.hidden = !person;
    const chats = person ? world.chatsOf(person.id) : [];
    const entries = chats.map((chat) => entry(world, chat, person, typing.has(chat.id), enter));
    renew(list, person || !world.bot ? entries : [nobody()]);
  });
  world.on(["action"], ({ chat_id: chatId }) => {
    clearTimeout(typing.get(chatId));
    typing.set(chatId, setTimeout(() => typing.delete(chatId) && refresh(), 5000));
    refresh();
  });
  world.on(["message"], (message) => typing.delete(message.chat.id));
  world.on(["state", "person", "chat", "message", "edited", "deleted", "membership", "profile", "read"], refresh);
  world.on(["connection"], (there) => (connection.hidden = there));
  onPlace(refresh);
}

function entry(world, chat, person, isTyping, enter) {
  const newest = world.newestOf(chat.id);
  const unread = unreadOf(world, person.id, chat.id);
  const title = chatTitle(world, chat, person);
  const current = place.chat === chat.id;
  const chosen = () => {
    go(person.id, chat.id);
    enter();
  };
  return h(
    "button",
    {
      className: "chat",
      type: "button",
      data: { key: `${person.id}/${chat.id}` },
      "aria-current": current && "true",
      on: { click: chosen },
    },
    avatar(chat.type === "private" ? world.bot.id : chat.id, title, { isBot: chat.type === "private" }),
    h(
      "span",
      { className: "chat-lines" },
      h(
        "span",
        { className: "chat-line" },
        h("span", { className: "chat-title" }, SIGNS[kindOf(chat)] && icon(SIGNS[kindOf(chat)]), title),
        newest && h("time", { className: "chat-time", title: momentOf(newest.date) }, briefly(newest.date)),
      ),
      h(
        "span",
        { className: "chat-line" },
        isTyping ? h("span", { className: "chat-last typing" }, "typing…") : last(world, chat, newest, person),
        unread > 0 && h("span", { className: "badge" }, String(unread), h("span", { className: "unseen" }, " unread")),
      ),
    ),
  );
}

function last(world, chat, newest, person) {
  if (!newest) return h("span", { className: "chat-last" }, person.started ? "" : "Press to begin");
  const text = preview(newest);
  const plain = chat.type === "channel" || isService(newest);
  const mine = newest.author_id === person.id;
  const sender = plain ? "" : mine ? "You" : chat.type === "private" ? "" : senderName(world, newest, person);
  return h(
    "span",
    { className: "chat-last", lang: languageOf(text) },
    sender && h("span", { className: "chat-sender" }, `${sender}: `),
    text,
  );
}

function kindOf(chat) {
  return chat.is_forum ? "forum" : chat.type;
}

function nobody() {
  const add = h("button", { className: "primary", type: "button", on: { click: askForPerson } }, "Add a person");
  return h("div", { className: "nobody", data: { key: "nobody" } }, h("p", {}, "Nobody is here yet."), add);
}
