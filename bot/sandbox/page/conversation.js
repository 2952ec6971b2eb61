/** The chat one looks at: its header, its messages, the field below; or what stands there while there is none. */

import { avatar } from "./avatars.js";
import { ChatSearch } from "./chat-search.js";
import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { languageOf } from "./languages.js";
import { menuButton } from "./menus.js";
import { MessageList } from "./message-list.js";
import { chatKind, chatTitle, inLanguage, senderName } from "./naming.js";
import { speak } from "./notices.js";
import { go, narrow, onPlace, place } from "./place.js";
import { preview } from "./previews.js";
import { blocks, unblocks } from "./server.js";

const TYPING_MS = 5000;

export class Conversation {
  /** Fills *main*. */
  constructor(main, world) {
    this.main = main;
    this.world = world;
    this.#listen();
    onPlace(() => this.show());
  }

  /** Show the chat of the place. */
  show() {
    this.list?.leave();
    this.list = this.composer = this.search = null;
    this.person = this.world.people.get(place.person);
    this.chat = this.person && this.world.chats.get(place.chat);
    document.body.classList.toggle("in-chat", Boolean(this.chat));
    if (this.chat) this.#build();
    else this.main.replaceChildren(h("p", { className: "pill nothing-chosen" }, "Choose a chat to read it"));
  }

  /** Give the focus to where one writes; a phone's keyboard should not pop up for it. */
  focus() {
    if (narrow.matches) this.main.focus();
    else this.composer?.focus();
  }

  /** End what is open, the innermost first; whether there was something. */
  escape() {
    if (this.search?.isOpen) this.search.close();
    else if (this.chat && narrow.matches) go(this.person.id);
    else return false;
    return true;
  }

  #build() {
    const actions = { search: (words) => this.search.open(words), send: (text) => this.composer.send(text) };
    this.list = new MessageList(this.world, this.person, this.chat, actions);
    this.search = new ChatSearch(this.list, () => {
      this.header.hidden = false;
      this.focus();
    });
    const searchOpen = this.search.open.bind(this.search);
    this.search.open = (words) => {
      this.header.hidden = true;
      return searchOpen(words);
    };
    this.composer = new Composer(this.world, this.person, this.chat);
    this.status = h("span", { className: "header-status" }, chatKind(this.chat));
    this.header = this.#header();
    this.introduction = h("div", { className: "introduction" });
    this.#introduce();
    this.main.replaceChildren(
      h("div", { className: "wallpaper", "aria-hidden": "true" }),
      this.header,
      this.search.bar,
      this.search.results,
      this.list.element,
      this.composer.element,
    );
    this.list.scroller.prepend(this.introduction);
    this.list.enter();
  }

  #header() {
    const title = chatTitle(this.world, this.chat, this.person);
    const isBot = this.chat.type === "private";
    return h(
      "header",
      { className: "chat-header" },
      h("button", { className: "round back", type: "button", "aria-label": "Back to the chats", on: { click: () => go(this.person.id) } }, icon("back")),
      avatar(isBot ? this.world.bot.id : this.chat.id, title, { isBot }),
      h("div", { className: "header-words" }, h("h2", {}, title), this.status),
      h("button", { className: "round", type: "button", title: "Search in this chat", "aria-label": "Search in this chat", on: { click: () => this.search.open() } }, icon("search")),
      isBot && menuButton("more", "More", () => this.#menu()),
    );
  }

  #menu() {
    const { id, started, blocked } = this.person;
    const search = { icon: "search", label: "Search", do: () => this.search.open() };
    if (!started) return [search];
    if (blocked) return [search, { icon: "restart", label: "Unblock bot", do: () => unblocks(id) }];
    return [search, { icon: "block", label: "Block bot", danger: true, do: () => blocks(id) }];
  }

  /** What the bot says of itself, before the first word. */
  #introduce() {
    const empty = !this.world.newestOf(this.chat.id) && this.chat.type === "private";
    this.introduction.hidden = !empty;
    if (!empty) return;
    const said = inLanguage(this.world.profile.descriptions, this.person.language_code);
    const words = said || `Press Start, and ${chatTitle(this.world, this.chat, this.person)} can write to you.`;
    this.introduction.replaceChildren(
      h("div", { className: "introduction-card" }, h("h3", {}, "What can this bot do?"), h("p", { lang: languageOf(words) }, words)),
    );
  }

  #listen() {
    const mine = (chatId) => this.chat?.id === chatId;
    const world = this.world;
    world.on(["state"], () => this.show());
    world.on(["profile", "membership", "person"], () => this.#refresh());
    world.on(["message"], (message) => {
      if (mine(message.chat.id)) this.#arrived(message);
      this.#announce(message);
    });
    world.on(["edited"], (message) => mine(message.chat.id) && this.list.change(message));
    world.on(["deleted"], (gone) => mine(gone.chat_id) && this.list.remove());
    world.on(["edited", "deleted"], () => this.search?.refresh());
    world.on(["action"], ({ chat_id: chatId, action }) => mine(chatId) && this.#typing(action !== "cancel"));
    document.addEventListener("visibilitychange", () => document.hidden || this.list?.looked());
  }

  #arrived(message) {
    this.list.add(message);
    this.search.refresh();
    this.#typing(false);
    this.#refresh();
  }

  #refresh() {
    if (!this.chat) return;
    this.composer.refresh();
    this.#introduce();
  }

  #typing(shown) {
    clearTimeout(this.typingEnds);
    this.status.classList.toggle("typing", shown);
    this.status.textContent = shown ? "typing…" : chatKind(this.chat);
    if (shown) this.typingEnds = setTimeout(() => this.#typing(false), TYPING_MS);
  }

  #announce(message) {
    const chat = this.world.chats.get(message.chat.id);
    if (!this.person || message.from?.id === this.person.id || !chat?.people.includes(this.person.id)) return;
    speak(`${senderName(this.world, message, this.person)}: ${message.text ?? preview(message)}`);
  }
}
