/** Forwards: who wrote what is forwarded, and to whom a message is to go. */

import { h } from "./dom.js";
import { choose } from "./choosing.js";
import { fullName, chatTitle, chatKind, mayWrite } from "./naming.js";
import { toast } from "./notices.js";
import { forwards } from "./server.js";

/** The line above a message that somebody forwarded; null for others, and for a post in its channel's discussion. */
export function forwardedFrom({ forward_origin: origin, is_automatic_forward: isAutomatic }) {
  if (!origin || isAutomatic) return null;
  return h("div", { className: "forwarded" }, "Forwarded from ", h("b", {}, nameOf(origin)));
}

function nameOf(origin) {
  if (origin.type === "user") return fullName(origin.sender_user);
  return origin.sender_user_name ?? (origin.sender_chat ?? origin.chat).title;
}

/** Ask *person* where *message* is to go. */
export function askToForward(world, person, message) {
  const chats = world.chatsOf(person.id).filter((chat) => mayWrite(person, chat));
  const offers = chats.map((chat) => ({
    chat,
    name: chatTitle(world, chat, person),
    words: chatKind(chat),
    isBot: chat.type === "private",
    press: async () => {
      const sent = await forwards(person.id, message, chat.id);
      if (sent) toast(`Forwarded to ${chatTitle(world, chat, person)}`);
    },
  }));
  choose("Forward to", offers, "There is no chat where you may write.");
}
