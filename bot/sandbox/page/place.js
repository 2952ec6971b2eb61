/** Where one is: which person looks at which chat. It stands in the address, so that the browser's back works. */

const listeners = [];

/** The person, the chat and the topic that are looked at; null: none, and of topics all; the topic 0 is General. */
export const place = { person: null, chat: null, topic: null };

/** Call *listener* when the place has changed. */
export function onPlace(listener) {
  listeners.push(listener);
}

/** Go there; with *replace* the browser's back does not return here. */
export function go(person, chat = null, { topic = null, replace = false } = {}) {
  const address = `#${[person, chat, topic].filter((each) => each !== null).join("/")}`;
  if (replace) history.replaceState(null, "", address);
  else if (location.hash !== address) history.pushState(null, "", address);
  read();
}

/** Take the place from the address. */
export function read() {
  const [person, chat, topic] = location.hash.slice(1).split("/").map((part) => (part ? Number(part) : null));
  const next = { person: person ?? null, chat: chat ?? null, topic: topic ?? null };
  if (Object.keys(next).every((part) => next[part] === place[part])) return;
  Object.assign(place, next);
  for (const listener of listeners) listener();
}

/** Whether list and chat are separate screens. */
export const narrow = matchMedia("(max-width: 760px)");

addEventListener("popstate", read);
