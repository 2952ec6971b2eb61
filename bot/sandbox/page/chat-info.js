/** The pane behind the title of a group or channel: who is in it, and what becomes of it. */

import { avatar } from "./avatars.js";
import { h } from "./dom.js";
import { ask, choices, line, words } from "./forms.js";
import { icon } from "./icons.js";
import { memberRow, membersOf } from "./members.js";
import { chatKind, isBotIn, rules } from "./naming.js";
import { botOffer, personOffer } from "./new-chat.js";
import { changeChat } from "./server.js";

export class ChatInfo {
  /** Of *chat*, for *person*; *closed* is called when it was closed. */
  constructor(world, person, chat, closed) {
    Object.assign(this, { world, person, chat, closed });
    this.kind = chat.type === "channel" ? "Channel" : "Group";
    const close = h("button", { className: "round", type: "button", title: "Close", "aria-label": "Close the information", on: { click: () => this.close() } }, icon("close"));
    this.body = h("div", { className: "info-body" });
    this.element = h(
      "section",
      { className: "info", "aria-label": `${this.kind} info`, hidden: true },
      h("header", { className: "panel-header" }, h("h2", {}, `${this.kind} info`), close),
      this.body,
    );
  }

  get isOpen() {
    return !this.element.hidden;
  }

  open() {
    this.element.hidden = false;
    this.refresh();
    this.element.querySelector("button").focus();
  }

  close() {
    this.element.hidden = true;
    this.closed();
  }

  /** Show the chat as it is now; a menu or the focus that somebody has in here stays by its label. */
  refresh() {
    if (!this.isOpen) return;
    const focused = this.body.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
    this.body.replaceChildren(this.#head(), this.#members(), this.#changes());
    if (focused) (this.body.querySelector(`[aria-label="${CSS.escape(focused)}"]`) ?? this.element.querySelector("button")).focus();
  }

  #head() {
    const { chat } = this;
    const linked = this.world.chats.get(chat.linked_chat_id);
    const facts = [chatKind(chat), chat.is_forum ? "topics" : chat.type === "group" ? "basic group" : chat.type];
    return h(
      "div",
      { className: "info-head" },
      avatar(chat.id, chat.title),
      h("h3", {}, chat.title),
      h("p", {}, facts.join(" · ")),
      chat.username && h("p", { className: "info-link" }, `t.me/${chat.username}`),
      linked && h("p", {}, chat.type === "channel" ? `Discussed in ${linked.title}` : `Discusses ${linked.title}`),
      h("p", {}, h("code", {}, String(chat.id))),
    );
  }

  #members() {
    const rows = membersOf(this.world, this.chat, this.person).map((member) => memberRow(this.chat, member, this.person));
    const mayAdd = this.chat.type !== "channel" || rules(this.person, this.chat);
    return h(
      "section",
      { className: "info-section", "aria-label": "Members" },
      h("ul", { role: "list" }, rows),
      mayAdd && this.#absent().length > 0 && action("plus", "Add members", () => this.#askForMembers()),
    );
  }

  #absent() {
    const { world, chat, person } = this;
    const people = [...world.people.values()].filter(({ id }) => !chat.people.includes(id)).map(personOffer);
    const bot = { ...botOffer(world, person), note: chat.type === "channel" && "as an administrator" };
    return isBotIn(chat) ? people : [bot, ...people];
  }

  #askForMembers() {
    const { world, chat, person } = this;
    const others = choices(`Who is to be in ${chat.title}`, this.#absent());
    ask("Add members", "Add", [others.element], async () => {
      for (const user of others.chosen().map(Number)) {
        const isBot = user === world.bot.id;
        await changeChat(chat.id, isBot && chat.type === "channel" ? "promotes" : "adds", person.id, { user });
      }
    });
  }

  #changes() {
    const { chat, person } = this;
    const does = (change, more) => () => changeChat(chat.id, change, person.id, more);
    const inCharge = rules(person, chat);
    const isGroup = chat.type !== "channel";
    const name = this.kind.toLowerCase();
    return h(
      "section",
      { className: "info-section", "aria-label": "Changes" },
      inCharge && action("pencil", "Change the name", () => this.#askForName()),
      inCharge && chat.type === "group" && action("people", "Make it a supergroup", does("becomes_supergroup")),
      inCharge && isGroup && !chat.is_forum && action("topics", "Turn on topics", does("turns_on_topics")),
      inCharge && !isGroup && this.#discussions().map((group) => action("people", `Discuss in ${group.title}`, does("links", { group: group.id }))),
      inCharge && !isGroup && chat.linked_chat_id && action("close", "Discuss in no group", does("unlinks")),
      inCharge && chat.type !== "group" && action("out", chat.username ? "Change the public link" : "Make it public", () => this.#askForLink()),
      action("leave", `Leave the ${name}`, does("leaves"), true),
      chat.creator === person.id && action("trash", `Delete the ${name}`, does("deletes"), true),
    );
  }

  #discussions() {
    if (this.chat.linked_chat_id) return [];
    return this.world.chatsOf(this.person.id).filter((other) => other.type === "supergroup" && !other.linked_chat_id && rules(this.person, other));
  }

  #askForLink() {
    const { chat, person } = this;
    const name = h("input", { value: chat.username ?? "", placeholder: "Empty: private", pattern: "[A-Za-z]\\w{3,31}", maxLength: 32, autocomplete: "off" });
    ask("Public link", "Save", [line("t.me/", name)], () => changeChat(chat.id, "takes_username", person.id, { username: name.value.trim() }));
  }

  #askForName() {
    const title = words(this.chat.title);
    ask("Change the name", "Save", [line("Name", title)], () =>
      changeChat(this.chat.id, "renames", this.person.id, { title: title.value.trim() }),
    );
  }
}

function action(name, label, click, danger) {
  return h("button", { className: `menu-item${danger ? " danger" : ""}`, type: "button", on: { click } }, icon(name), label);
}
