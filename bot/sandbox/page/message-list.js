/** The messages of one chat: in days and runs, at the bottom unless somebody scrolled up, edited in place. */

import { bubble, refill } from "./bubble.js";
import { h, soon } from "./dom.js";
import { icon } from "./icons.js";
import { senderId } from "./naming.js";
import { isService } from "./previews.js";
import { markRead, unreadMessages } from "./reading.js";
import { olderMessages } from "./server.js";
import { dayKey, dayOf } from "./times.js";
import { topicOf } from "./topics.js";

// Messages of one sender run together unless so much time lies between them.
const RUN_SECONDS = 600;
const NEAR_END_PX = 60;
const PAGE = 100;
// The day floats there.
const BELOW_DAY_PX = 44;
const SHOWN_MS = 1200;

export class MessageList {
  #items = new Map();
  #sticks = true;
  #seen = { scrollTop: 0, scrollHeight: 0, clientHeight: 0 };
  #complete = false;
  #loading = null;
  #last = null;
  #settle = soon(() => {
    if (this.#sticks) this.scrollToEnd(true);
    this.#read();
    this.#mark();
  });

  /** Shows *chat*, or one *topic* of it, to *person*; *actions* as in `bubble`. */
  constructor(world, person, chat, topic, actions) {
    this.topic = topic;
    this.world = world;
    this.person = person;
    this.chat = chat;
    this.actions = { ...actions, jump: (message) => this.jump(message.message_id) };
    this.column = h("div", { className: "column" });
    this.scroller = h(
      "div",
      { className: "scroller", tabIndex: 0, role: "region", "aria-label": "Messages", on: { scroll: () => this.#scrolled() } },
      this.column,
    );
    this.toEnd = h(
      "button",
      { className: "to-end", type: "button", hidden: true, "aria-label": "To the newest message", on: { click: () => this.scrollToEnd(true) } },
      icon("down"),
    );
    this.element = h("div", { className: "messages" }, this.scroller, this.toEnd);
    // Folding quotes, the phone's keyboard, a narrower window: whoever was at the end stays there.
    this.observer = new ResizeObserver(() => this.#sticks && this.scrollToEnd());
    this.observer.observe(this.column);
    this.observer.observe(this.scroller);
    this.#arrange();
  }

  /** Go where one left off: to the first unread message, else to the end. Asked once the list is on the page. */
  enter() {
    const [first] = this.#unread();
    const item = first && this.#items.get(first.message_id);
    if (!item) {
      this.scrollToEnd();
    } else {
      const line = h("li", { className: "unread-line" }, "Unread messages");
      item.before(line);
      this.#sticks = false;
      this.scroller.scrollTop += this.#below(line) - BELOW_DAY_PX;
      this.#scrolled();
    }
    this.#read();
    // The newest of a chat may be all in other topics.
    if (this.topic !== null) this.#fill();
  }

  /** All messages that belong here and are known, oldest first. */
  messages() {
    return this.world.messagesOf(this.chat.id, this.topic);
  }

  /** A message came. */
  add(message) {
    if (this.topic !== null && topicOf(message) !== this.topic) return;
    this.#place(message, this.#last);
    this.#sticks ||= message.author_id === this.person.id;
    this.#settle();
  }

  /** A message changed. */
  change(message) {
    if (this.#last?.message_id === message.message_id) this.#last = message;
    const item = this.#items.get(message.message_id);
    if (item) refill(item, this.world, message, this.person, this.actions);
  }

  /** A message went. */
  remove() {
    this.#arrange();
    this.#mark();
  }

  /** Scroll to the end, smoothly if asked for. */
  scrollToEnd(smooth = false) {
    this.#sticks = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
  }

  /** Show the message with this id and let it flash. */
  jump(id) {
    const item = this.#items.get(id);
    if (!item) return;
    this.#sticks = false;
    item.scrollIntoView({ block: item.clientHeight > this.scroller.clientHeight ? "start" : "center" });
    item.classList.remove("flash");
    requestAnimationFrame(() => item.classList.add("flash"));
  }

  /** The element of a message. */
  itemOf(id) {
    return this.#items.get(id);
  }

  /** Bring the whole history here. */
  async complete() {
    while (!this.#complete) await this.#loadOlder();
  }

  /** The person looks at the page again. */
  looked() {
    if (this.#sticks) this.#read();
  }

  leave() {
    this.observer.disconnect();
  }

  #arrange() {
    this.column.replaceChildren();
    this.#last = null;
    for (const message of this.messages()) this.#place(message, this.#last);
  }

  #place(message, before) {
    const item = this.#items.get(message.message_id) ?? bubble(this.world, message, this.person, this.actions);
    this.#items.set(message.message_id, item);
    const day = dayKey(message.date);
    if (this.column.lastElementChild?.dataset.day !== day) {
      const label = h("div", { className: "day-label" }, h("span", { className: "pill" }, dayOf(message.date)));
      this.column.append(h("section", { className: "day", data: { day } }, label, h("ol", { className: "day-messages", role: "list" })));
    }
    this.column.lastElementChild.lastElementChild.append(item);
    const runs = before !== null && runsOn(before, message);
    item.classList.toggle("begins", !runs);
    item.classList.add("ends");
    if (runs) this.#items.get(before.message_id)?.classList.remove("ends");
    this.#last = message;
  }

  #scrolled() {
    this.#showDays();
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    // On its way to the end the list is nowhere near it, and another message or a turned phone move it too: only who goes up leaves.
    const before = this.#seen;
    this.#seen = { scrollTop, scrollHeight, clientHeight };
    const isSame = before.scrollHeight === scrollHeight && before.clientHeight === clientHeight;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) this.#sticks = true;
    else if (isSame && scrollTop < before.scrollTop) this.#sticks = false;
    if (this.#sticks) this.#read();
    this.#mark();
    if (scrollTop < 200 && !this.#complete && scrollHeight > clientHeight) this.#loadOlder();
  }

  /** A day that floats above other messages shows while one scrolls, and then leaves them to be read. */
  #showDays() {
    const top = this.scroller.getBoundingClientRect().top;
    for (const day of this.column.children) {
      day.firstElementChild.classList.toggle("floating", day.getBoundingClientRect().top < top);
    }
    this.scroller.classList.add("scrolling");
    clearTimeout(this.rests);
    this.rests = setTimeout(() => this.scroller.classList.remove("scrolling"), SHOWN_MS);
  }

  #mark() {
    this.toEnd.hidden = this.#sticks;
    const unread = this.#unread().length;
    this.toEnd.dataset.unread = unread ? String(unread) : "";
  }

  #read() {
    const newest = this.topic === null ? this.world.newestOf(this.chat.id) : this.messages().at(-1);
    if (!newest || document.hidden || !this.#unread().length) return;
    // A message is read when its beginning was on the screen.
    if (!this.#sticks && this.#below(this.#items.get(newest.message_id)) > this.scroller.clientHeight) return;
    markRead(this.person.id, newest, this.topic);
    this.world.tell("read", this.chat.id);
  }

  #unread() {
    return unreadMessages(this.world, this.person.id, this.chat.id, this.topic);
  }

  async #fill() {
    while (!this.#complete && this.element.isConnected && this.scroller.scrollHeight <= this.scroller.clientHeight) {
      await this.#loadOlder();
    }
  }

  /** How far below the top of the view *element* begins. */
  #below(element) {
    return element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
  }

  async #loadOlder() {
    this.#loading ??= this.#load().finally(() => (this.#loading = null));
    await this.#loading;
  }

  async #load() {
    const [oldest] = this.world.messagesOf(this.chat.id);
    const older = oldest ? await olderMessages(this.chat.id, oldest.message_id, PAGE) : [];
    this.#complete = older.length < PAGE;
    if (!older.length) return;
    this.world.addOlder(this.chat.id, older);
    const fromEnd = this.scroller.scrollHeight - this.scroller.scrollTop;
    this.#arrange();
    this.scroller.scrollTop = this.scroller.scrollHeight - fromEnd;
  }
}

function runsOn(before, message) {
  return (
    !isService(before) &&
    !isService(message) &&
    senderId(before) === senderId(message) &&
    topicOf(before) === topicOf(message) &&
    message.date - before.date < RUN_SECONDS &&
    dayKey(before.date) === dayKey(message.date)
  );
}
