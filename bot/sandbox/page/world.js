/** What the page knows of the sandbox: a snapshot, and every change since, told to whoever listens. */

import { topicOf } from "./topics.js";

const MOST_CALLS = 400;
// A chat of which nothing is known yet but that it is there.
const NOBODY = { people: [], administrators: [], muted: [], anonymous: [], topics: [], bot_status: null, bot_rights: [] };

export class World {
  bot = null;
  profile = { commands: [], names: {}, descriptions: {}, short_descriptions: {} };
  judge = "";
  canPublish = false;
  people = new Map();
  chats = new Map();
  calls = [];
  counts = {};
  pace = null;
  faults = [];
  #messages = new Map();
  // Asked for so often that looking through all messages would be felt.
  #newest = new Map();
  #listeners = [];

  /** Call *listener* with the kind and the subject of each change of one of *kinds*. */
  on(kinds, listener) {
    this.#listeners.push({ kinds, listener });
  }

  /** Take in an event of the stream. */
  apply(kind, data) {
    const subject = this.#takers[kind](data);
    this.tell(kind, subject);
  }

  /** Let the listeners know. */
  tell(kind, subject) {
    for (const { kinds, listener } of this.#listeners) if (kinds.includes(kind)) listener(subject, kind);
  }

  /** The messages of a chat that are known here, oldest first; those of one *topic* if it is given, 0 being General. */
  messagesOf(chatId, topic = null) {
    const all = [...(this.#messages.get(chatId)?.values() ?? [])];
    return topic === null ? all : all.filter((message) => topicOf(message) === topic);
  }

  /** The newest message of a chat, if any. */
  newestOf(chatId) {
    return this.#newest.get(chatId) ?? this.messagesOf(chatId).at(-1) ?? null;
  }

  /** Put older messages before those that are known. */
  addOlder(chatId, older) {
    const known = this.#messages.get(chatId) ?? new Map();
    this.#messages.set(chatId, new Map([...older.map((each) => [each.message_id, each]), ...known]));
  }

  /** The chats of a person, the newest talk first. */
  chatsOf(personId) {
    const date = (chat) => this.newestOf(chat.id)?.date ?? 0;
    return [...this.chats.values()]
      .filter((chat) => chat.people.includes(personId) && !chat.gone)
      .sort((one, other) => date(other) - date(one));
  }

  #takers = {
    state: (state) => {
      Object.assign(this, { bot: state.bot, profile: state.profile, judge: state.judge, faults: state.faults });
      Object.assign(this, { canPublish: state.can_publish, calls: state.calls, counts: state.counts });
      this.pace = state.pace;
      this.people = new Map(state.people.map((person) => [person.id, person]));
      this.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
      this.#newest.clear();
      this.#messages = new Map(
        Object.entries(state.messages).map(([chatId, messages]) => [
          Number(chatId),
          new Map(messages.map((message) => [message.message_id, message])),
        ]),
      );
      return state;
    },
    person: (user) => {
      const known = this.people.get(user.id);
      if (known) return Object.assign(known, user);
      const person = { started: false, blocked: false, ...user };
      this.people.set(person.id, person);
      this.chats.set(person.id, { ...NOBODY, id: person.id, type: "private", people: [person.id] });
      return person;
    },
    message: (message) => {
      this.#keep(message);
      this.#newest.set(message.chat.id, message);
      this.#greeted(message);
      return message;
    },
    edited: (message) => {
      if (!this.#messages.get(message.chat.id)?.has(message.message_id)) return message;
      this.#keep(message);
      if (this.#newest.get(message.chat.id)?.message_id === message.message_id) this.#newest.set(message.chat.id, message);
      return message;
    },
    deleted: (gone) => {
      this.#newest.delete(gone.chat_id);
      this.#messages.get(gone.chat_id)?.delete(gone.message_id);
      return gone;
    },
    call: (call) => {
      // One that waited when the snapshot was made stands there already.
      const known = this.calls.findLastIndex((other) => other.number === call.number);
      if (known >= 0) this.calls.splice(known, 1);
      this.calls.push(call);
      if (this.calls.length > MOST_CALLS) this.calls.shift();
      this.counts[call.method] = (this.counts[call.method] ?? 0) + 1;
      return call;
    },
    chat: (fresh) => {
      const known = this.chats.get(fresh.id);
      if (!known) this.chats.set(fresh.id, fresh);
      // Whoever shows the chat goes on with the same object.
      return known ? Object.assign(known, { username: undefined }, fresh) : fresh;
    },
    membership: ({ chat_id: chatId, bot_status: status }) => {
      // Of a chat that is new the event `chat` follows.
      const chat = this.chats.get(chatId);
      if (chat) chat.bot_status = status;
      const person = this.people.get(chatId);
      if (person) Object.assign(person, { started: true, blocked: status === "kicked" });
      return chatId;
    },
    profile: (profile) => (this.profile = profile),
    pace: (pace) => (this.pace = pace),
    faults: ({ faults }) => (this.faults = faults),
    action: (action) => action,
  };

  #keep(message) {
    const chatId = message.chat.id;
    if (!this.chats.has(chatId)) this.chats.set(chatId, { ...NOBODY, ...message.chat });
    if (!this.#messages.has(chatId)) this.#messages.set(chatId, new Map());
    this.#messages.get(chatId).set(message.message_id, message);
  }

  /** A first word begins the chat, and no event says so. */
  #greeted(message) {
    const person = this.people.get(message.chat.id);
    if (!person || message.from?.id !== person.id) return;
    Object.assign(person, { started: true, blocked: false });
    this.chats.get(person.id).bot_status = "member";
  }
}
