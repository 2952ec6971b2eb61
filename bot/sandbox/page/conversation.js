/** The chat one looks at: its header, its messages, the field below; or what stands there while there is none. */

import { followed } from "./bot-links.js";
import { ChatHeader } from "./chat-header.js";
import { ChatInfo } from "./chat-info.js";
import { askForTopic, chatMenu } from "./chat-menu.js";
import { ChatSearch } from "./chat-search.js";
import { Composer } from "./composer.js";
import { h, soon } from "./dom.js";
import { askToForward } from "./forwarding.js";
import { languageOf } from "./languages.js";
import { MessageList } from "./message-list.js";
import { chatTitle, inLanguage, senderName } from "./naming.js";
import { speak } from "./notices.js";
import { go, narrow, onPlace, place } from "./place.js";
import { preview } from "./previews.js";
import { topicStrip } from "./topic-strip.js";

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
    // The pane stays open where the chat is the same, or goes on as a supergroup.
    const informed = this.info?.isOpen && [this.chat.id, this.chat.migrated_to].includes(place.chat);
    this.list?.leave();
    this.list = this.composer = this.search = this.info = null;
    this.person = this.world.people.get(place.person);
    this.chat = this.person && this.world.chats.get(place.chat);
    document.body.classList.toggle("in-chat", Boolean(this.chat));
    if (this.chat) this.#build();
    else this.main.replaceChildren(h("p", { className: "pill nothing-chosen" }, "Choose a chat to read it"));
    if (informed) this.info?.open();
  }

  /** Give the focus to where one writes; a phone's keyboard should not pop up for it. */
  focus() {
    if (narrow.matches) this.main.focus();
    else this.composer?.focus();
  }

  /** End what is open, the innermost first; whether there was something. */
  escape() {
    if (this.info?.isOpen) this.info.close();
    else if (this.search?.isOpen) this.search.close();
    else if (this.chat && narrow.matches) go(this.person.id);
    else return false;
    return true;
  }

  #build() {
    const { world, person, chat } = this;
    const topic = place.topic;
    const toTopic = chat.is_forum && topic === null && ((id) => go(person.id, chat.id, { topic: id }));
    const actions = {
      search: (words) => this.search.open(words),
      send: (text) => this.composer.send({ text }),
      reply: (message) => this.composer.reply(message),
      forward: (message) => askToForward(world, person, message),
      follow: (address) => followed(world, address),
      topic: toTopic,
    };
    this.list = new MessageList(world, person, chat, topic, actions);
    this.search = new ChatSearch(this.list, () => {
      this.header.element.hidden = false;
      this.focus();
    });
    const searchOpen = this.search.open.bind(this.search);
    this.search.open = (words) => {
      this.header.element.hidden = true;
      return searchOpen(words);
    };
    this.composer = new Composer(world, person, chat, topic, (message) => this.list.jump(message.message_id));
    this.info = new ChatInfo(world, person, chat, () => this.focus());
    const offers = { search: () => this.search.open(), info: () => this.info.open() };
    this.header = new ChatHeader(world, person, chat, { ...offers, menu: () => chatMenu(person, chat, topic, offers) });
    this.strip = h("div", { className: "topic-strip" });
    this.introduction = h("div", { className: "introduction" });
    this.#showTopics();
    this.#introduce();
    this.main.replaceChildren(
      h("div", { className: "wallpaper", "aria-hidden": "true" }),
      this.header.element,
      this.search.bar,
      this.search.results,
      this.strip,
      this.list.element,
      this.composer.element,
      this.info.element,
    );
    this.#permit();
    this.list.scroller.prepend(this.introduction);
    this.strip.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.list.enter();
  }

  #showTopics() {
    if (!this.chat) return;
    this.strip.hidden = !this.chat.is_forum;
    if (!this.chat.is_forum) return;
    const focused = [...(this.strip.firstElementChild?.children ?? [])].indexOf(document.activeElement);
    const scrolled = this.strip.firstElementChild?.scrollLeft ?? 0;
    const begin = () => askForTopic(this.person, this.chat);
    const strip = topicStrip(this.world, this.person, this.chat, { begin, enter: () => this.focus() });
    this.strip.replaceChildren(strip);
    strip.scrollLeft = scrolled;
    if (focused >= 0) strip.children[focused]?.focus();
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
    world.on(["chat"], (chat) => {
      if (mine(chat.id)) this.#changed();
      // Who made it may be there before the news of it.
      else if (chat.id === place.chat) this.show();
    });
    world.on(["chat", "message", "deleted", "read"], soon(() => this.#showTopics()));
    world.on(["message"], (message) => {
      if (mine(message.chat.id)) this.#arrived(message);
      this.#announce(message);
    });
    world.on(["edited"], (message) => mine(message.chat.id) && this.list.change(message));
    world.on(["deleted"], (gone) => mine(gone.chat_id) && this.list.remove());
    world.on(["edited", "deleted"], () => {
      this.search?.refresh();
      this.composer?.refresh();
    });
    world.on(["action"], ({ chat_id: chatId, action }) => mine(chatId) && this.header.typing(action !== "cancel"));
    document.addEventListener("visibilitychange", () => document.hidden || this.list?.looked());
  }

  #arrived(message) {
    this.list.add(message);
    this.search.refresh();
    this.header.typing(false);
    this.#refresh();
  }

  #changed() {
    this.header.refresh();
    this.info.refresh();
    this.#refresh();
  }

  #refresh() {
    if (!this.chat) return;
    this.composer.refresh();
    this.#permit();
    this.#introduce();
  }

  #permit() {
    this.main.classList.toggle("writable", this.composer.canWrite);
  }

  #announce(message) {
    const chat = this.world.chats.get(message.chat.id);
    if (!this.person || message.author_id === this.person.id || !chat?.people.includes(this.person.id)) return;
    speak(`${senderName(this.world, message, this.person)}: ${message.text ?? preview(message)}`);
  }
}
