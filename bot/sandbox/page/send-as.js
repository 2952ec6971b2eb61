/** In whose name one writes in a group: one's own, or that of a channel one made. */

import { avatar } from "./avatars.js";
import { h } from "./dom.js";
import { menuButton } from "./menus.js";
import { fullName } from "./naming.js";

// By person and chat, for as long as the page is open.
const chosen = new Map();

export class SendAs {
  /** Of *person* in *chat*. */
  constructor(world, person, chat) {
    Object.assign(this, { world, person, chat });
    this.key = `${person.id}/${chat.id}`;
    this.element = h("span", { className: "send-as" });
    this.refresh();
  }

  /** The channel in whose name the next message goes out; undefined: none. */
  get channel() {
    return this.#channels().find(({ id }) => id === chosen.get(this.key));
  }

  /** Show who it is, where there is a choice. */
  refresh() {
    this.element.hidden = !this.#channels().length;
    if (this.element.hidden) return this.element.replaceChildren();
    const { id, title } = this.channel ?? { id: this.person.id, title: fullName(this.person) };
    const menu = menuButton("people", `Write as: ${title}`, () => this.#items());
    menu.querySelector("button").replaceChildren(avatar(id, title));
    return this.element.replaceChildren(menu);
  }

  #items() {
    const names = [{ label: fullName(this.person) }, ...this.#channels().map(({ id, title }) => ({ id, label: title }))];
    return names.map(({ id, label }) => ({ icon: id ? "megaphone" : "people", label, do: () => this.#choose(id) }));
  }

  #choose(id) {
    chosen.set(this.key, id);
    this.refresh();
    this.element.querySelector("button")?.focus();
  }

  #channels() {
    if (this.chat.type !== "supergroup") return [];
    return this.world.chatsOf(this.person.id).filter((chat) => chat.type === "channel" && chat.creator === this.person.id);
  }
}
