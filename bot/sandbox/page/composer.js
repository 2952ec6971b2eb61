/** Where one writes: the field, what is offered while typing, and what stands in its place where nobody can write. */

import { attachButton, pasted } from "./attaching.js";
import { askForChat } from "./chat-picker.js";
import { CommandMenu } from "./command-menu.js";
import { attribute, h } from "./dom.js";
import { icon } from "./icons.js";
import { InlineMenu } from "./inline-menu.js";
import { askForLocation } from "./locations.js";
import { commandsFor, isBotIn, rules } from "./naming.js";
import { go } from "./place.js";
import { promptFor } from "./prompts.js";
import { ReplyBar } from "./reply-bar.js";
import { ReplyKeyboard } from "./reply-keyboard.js";
import { SendAs } from "./send-as.js";
import { says, unblocks } from "./server.js";
import { Suggestions } from "./suggestions.js";
import { marked } from "./typed-markup.js";

const PLACEHOLDERS = { channel: "Post to the channel" };
// Why nobody can write here, by mode; an empty one is not worth a word.
const NOTICES = { read: "", muted: "You may not write here", closed: "This topic is closed" };

export class Composer {
  /** Writes for *person* into *chat*, in one *topic* of it if there is one; *jump* shows a message. */
  constructor(world, person, chat, topic, jump) {
    this.world = world;
    this.person = person;
    this.chat = chat;
    this.topic = topic;
    this.jump = jump;
    this.element = h("footer", { className: "composer" });
    this.refresh();
  }

  /** Show what fits the state of the chat; what was being written stays. */
  refresh() {
    const mode = this.#modeNow();
    this.element.hidden = mode === "read";
    if (mode !== this.mode) {
      const focused = this.element.contains(document.activeElement);
      this.mode = mode;
      this.element.replaceChildren(...[this.#shown(mode)].flat());
      if (focused) this.focus();
    }
    const heard = this.chat.type === "private" || isBotIn(this.chat);
    this.commands?.offer(heard ? commandsFor(this.world, this.chat, this.person) : []);
    this.sendAs?.refresh();
    if (this.canWrite) this.#heed();
  }

  /** Whether one can write here now. */
  get canWrite() {
    return this.mode === "write";
  }

  /** Let the next message answer *message*. */
  reply(message) {
    if (!this.canWrite) return;
    this.replying.choose(message);
    this.field.focus();
  }

  focus() {
    (this.field?.isConnected ? this.field : this.element.querySelector("button"))?.focus();
  }

  /** Write *said*, a `text`, a `photo`, a `location`, …, in answer to a message if there is one. */
  async send(said, answered = null) {
    if (this.chat.type === "private" && this.person.blocked) await unblocks(this.person.id);
    // Who looks at all topics answers in that of the message.
    const topic = this.topic ?? answered?.message_thread_id ?? null;
    const where = { chat_id: this.chat.id, topic_id: topic, reply_to: answered?.message_id, as_chat_id: this.sendAs?.channel?.id };
    const message = await says(this.person.id, where, said);
    if (message && answered) this.replying?.sent(answered);
    return message;
  }

  /** Show what the bot asks for; what has just come takes the focus, unless it is in use elsewhere. */
  #heed() {
    const prompt = promptFor(this.world, this.person, this.chat, this.topic);
    const { activeElement: active, body } = document;
    const free = active === body || this.element.parentElement?.contains(active);
    this.keyboard.offer(prompt);
    if (this.replying.heed(prompt) && this.element.isConnected && free) this.field.focus();
  }

  #press(button, message) {
    // In a group the bot hears only what answers it.
    const answered = this.chat.type === "private" ? this.replying.message : message;
    if (button.request_chat) askForChat(this.world, this.person, button);
    else if (button.request_location) askForLocation((location) => this.send({ location }, answered));
    else this.send({ text: button.text }, answered);
  }

  #replyChanged() {
    const { message, placeholder, words } = this.replying;
    this.field.placeholder = placeholder || this.keyboard.placeholder || (PLACEHOLDERS[this.chat.type] ?? "Message");
    attribute(this.field, "aria-description", message && words.textContent);
  }

  #modeNow() {
    const { person, chat } = this;
    if (chat.type === "private") return person.blocked ? "restart" : person.started ? "write" : "start";
    if (rules(person, chat)) return "write";
    if (chat.type === "channel") return "read";
    if (chat.muted.includes(person.id)) return "muted";
    return chat.topics.find(({ id }) => id === this.topic)?.closed ? "closed" : "write";
  }

  #shown(mode) {
    if (mode === "write") return this.#writing();
    if (mode in NOTICES) return h("p", { className: "no-writing" }, NOTICES[mode]);
    return this.#starting(mode);
  }

  #starting(mode) {
    const press = () => this.send({ text: "/start" });
    const label = mode === "start" ? [icon("send"), "Start"] : [icon("restart"), "Restart bot"];
    return h("button", { className: "start", type: "button", on: { click: press } }, label);
  }

  #writing() {
    const attach = (said) => this.send(said, this.replying.message);
    this.field = h("textarea", {
      className: "field-text",
      rows: 1,
      enterKeyHint: "send",
      autocomplete: "off",
      "aria-label": "Message",
      on: { input: () => this.#changed(), keydown: (event) => this.#key(event), paste: (event) => pasted(event, attach) && event.preventDefault() },
    });
    this.suggestions = new Suggestions(this.field);
    this.#offering(this.world.bot.username);
    this.sendButton = h(
      "button",
      { className: "send", type: "button", "aria-label": "Send", disabled: true, on: { click: () => this.#submit() } },
      icon("send"),
    );
    this.#answering();
    this.sendAs = new SendAs(this.world, this.person, this.chat);
    this.line = h("div", { className: "field-line" }, this.sendAs.element, this.commands.button, this.field, this.keyboard.button, attachButton(attach));
    const box = h("div", { className: "field-box" }, this.replying.element, this.line);
    return [h("div", { className: "writing" }, this.suggestions.list, box, this.sendButton), this.keyboard.element];
  }

  #answering() {
    const changed = () => this.#replyChanged();
    this.keyboard = new ReplyKeyboard({ changed, press: (button, message) => this.#press(button, message) });
    this.replying = new ReplyBar(this.world, this.person, {
      changed,
      left: () => this.field.focus(),
      jump: this.jump,
      messages: () => this.world.messagesOf(this.chat.id, this.topic),
    });
  }

  #offering(username) {
    this.commands = new CommandMenu(this.suggestions, {
      send: (text) => this.#submit(text),
      changed: () => this.#changed(),
      address: this.chat.type === "private" ? "" : `@${username}`,
    });
    this.inline = new InlineMenu(this.suggestions, {
      username,
      person: this.person,
      place: { chat_id: this.chat.id, topic_id: this.topic },
      sent: () => this.#clear(),
      begin: (parameter) => {
        go(this.person.id, this.person.id);
        says(this.person.id, { chat_id: this.person.id }, { text: `/start ${parameter}` });
      },
    });
  }

  #changed() {
    this.sendButton.disabled = !this.field.value.trim();
    this.line.classList.toggle("typed", !this.sendButton.disabled);
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
    const { value } = this.field;
    const offered = this.inline.typed(value) || this.commands.typed(value);
    if (!offered && this.suggestions.isOpen) this.suggestions.clear();
  }

  #key(event) {
    if (this.suggestions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.replying.message) {
      event.preventDefault();
      this.replying.drop();
    } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const message = this.replying.step(event.key === "ArrowUp" ? -1 : 1);
      if (message) this.jump(message);
    }
  }

  #clear() {
    this.field.value = "";
    this.suggestions.clear();
    this.#changed();
    this.field.focus();
  }

  async #submit(text = this.field.value) {
    if (!text.trim()) return;
    this.#clear();
    if (!(await this.send(marked(text.trim()), this.replying.message))) {
      this.field.value ||= text;
      this.#changed();
    }
  }
}
