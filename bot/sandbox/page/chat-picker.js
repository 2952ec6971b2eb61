/** The chats that a key of the bot asks for: to choose one of them or begin one, and the question before it is shared. */

import { choose } from "./choosing.js";
import { h } from "./dom.js";
import { ask } from "./forms.js";
import { icon } from "./icons.js";
import { botName, chatKind } from "./naming.js";
import { askForNewChat, KINDS } from "./new-chat.js";
import { rightsNamed } from "./rights.js";
import { pickable, picks } from "./server.js";

/** Have *person* share a chat with the bot, as *button* asks. */
export async function askForChat(world, person, button) {
  const offered = await pickable(person.id, button.text);
  if (!offered) return;
  const kind = kindOf(button.request_chat);
  const share = (chat) => confirm(world, person, button, chat);
  const begin = { sign: icon("plus"), name: kind.made.label, press: () => askForNewChat(world, kind.made, share) };
  const chats = offered.map((chat) => ({ chat, name: chat.title, words: chatKind(chat), press: () => share(chat) }));
  choose(kind.title, [begin, ...chats], kind.none);
}

function kindOf({ chat_is_channel: isChannel, chat_is_forum: isForum }) {
  const none = `No ${isChannel ? "channel" : "group"} of yours fits yet: begin one.`;
  if (isChannel) return { title: "Choose a channel", none, made: KINDS.channel };
  return isForum ? { title: "Choose a group with topics", none, made: KINDS.forum } : { title: "Choose a group", none, made: KINDS.group };
}

function confirm(world, person, button, chat) {
  const bot = botName(world, person);
  const asked = button.request_chat;
  const rights = rightsNamed(chat.type, Object.keys(asked.bot_administrator_rights ?? {}));
  const question = h("p", { className: "dialog-text" }, "Share ", h("b", {}, chat.title), " with ", h("b", {}, bot), "?");
  const promoted = rights.length > 0 && h("p", { className: "dialog-text" }, `${bot} becomes an administrator there and may: ${rights.join(", ")}.`);
  const added = !rights.length && asked.bot_is_member && chat.type !== "channel" && h("p", { className: "dialog-text" }, `${bot} is added to it.`);
  ask("Share a chat", "Share", [question, promoted || added || ""], () => picks(person.id, chat.id, button.text));
}
