/** The chats that a key of the bot asks for: to choose one of them or begin one, and the question before it is shared. */

import { avatar } from "./avatars.js";
import { h, roving } from "./dom.js";
import { ask } from "./forms.js";
import { icon } from "./icons.js";
import { botName, chatKind } from "./naming.js";
import { askForNewChat, KINDS } from "./new-chat.js";
import { open } from "./notices.js";
import { rightsNamed } from "./rights.js";
import { pickable, picks } from "./server.js";

/** Have *person* share a chat with the bot, as *button* asks. */
export async function askForChat(world, person, button) {
  const offered = await pickable(person.id, button.text);
  if (!offered) return;
  const kind = kindOf(button.request_chat);
  const dialog = h("dialog", { className: "dialog picker", "aria-label": kind.choose });
  const share = (chat) => confirm(world, person, button, chat);
  // What comes next may open only when this is gone, or the focus would be nowhere.
  const next = (act) => () => {
    dialog.close();
    act();
  };
  const begin = row({ icon: icon("plus"), name: kind.begin, press: next(() => askForNewChat(world, kind.made, share)) });
  const rows = offered.map((chat) => row({ chat, name: chat.title, words: chatKind(chat), press: next(() => share(chat)) }));
  const list = h("div", { className: "picker-list", role: "list", on: { keydown: (event) => roving(event, [...list.querySelectorAll("button")]) } }, begin, rows);
  const cancel = h("button", { className: "plain", type: "button", on: { click: () => dialog.close() } }, "Cancel");
  const none = h("p", { className: "picker-none", hidden: rows.length > 0 }, kind.none);
  dialog.append(h("h2", {}, kind.choose), list, none, h("div", { className: "dialog-buttons" }, cancel));
  open(dialog);
}

function kindOf({ chat_is_channel: isChannel, chat_is_forum: isForum }) {
  if (isChannel) return { choose: "Choose a channel", begin: "New channel", none: "None of your channels is one that the bot asks for.", made: KINDS.channel };
  if (isForum) return { choose: "Choose a group with topics", begin: "New group with topics", none: "None of your groups is one that the bot asks for.", made: KINDS.forum };
  return { choose: "Choose a group", begin: "New group", none: "None of your groups is one that the bot asks for.", made: KINDS.group };
}

function row({ chat, icon: sign, name, words, press }) {
  const picture = chat ? avatar(chat.id, chat.title) : h("span", { className: "picker-sign" }, sign);
  const lines = h("span", { className: "member-lines" }, h("span", { className: "member-name" }, name), words && h("span", { className: "member-words" }, words));
  return h("div", { role: "listitem" }, h("button", { className: "picker-row", type: "button", on: { click: press } }, picture, lines));
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
