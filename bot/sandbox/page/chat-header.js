/** The line above a chat: what it is called, who is in it or typing, and what can be done. */

import { avatar } from "./avatars.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menus.js";
import { chatKind, chatTitle } from "./naming.js";
import { go } from "./place.js";

const TYPING_MS = 5000;

export class ChatHeader {
  /** Of *chat*, for *person*; *actions* are `search()`, `info()` and `menu()`, whose items the menu shows. */
  constructor(world, person, chat, actions) {
    Object.assign(this, { world, person, chat });
    const isBot = chat.type === "private";
    this.title = h("h2", {});
    this.status = h("span", { className: "header-status" });
    const about = [avatar(isBot ? world.bot.id : chat.id, chatTitle(world, chat, person), { isBot }), h("div", { className: "header-words" }, this.title, this.status)];
    const title = isBot
      ? h("div", { className: "header-about" }, about)
      : h("button", { className: "header-about", type: "button", title: "Members and administration", on: { click: actions.info } }, about);
    this.element = h(
      "header",
      { className: "chat-header" },
      h("button", { className: "round back", type: "button", "aria-label": "Back to the chats", on: { click: () => go(person.id) } }, icon("back")),
      title,
      h("button", { className: "round", type: "button", title: "Search in this chat", "aria-label": "Search in this chat", on: { click: actions.search } }, icon("search")),
      menuButton("more", "More", actions.menu),
    );
    this.refresh();
  }

  refresh() {
    this.title.textContent = chatTitle(this.world, this.chat, this.person);
    this.typing(false);
  }

  /** Somebody types, or stopped. */
  typing(shown) {
    clearTimeout(this.ends);
    this.status.classList.toggle("typing", shown);
    this.status.textContent = shown ? "typing…" : chatKind(this.chat);
    if (shown) this.ends = setTimeout(() => this.typing(false), TYPING_MS);
  }
}
