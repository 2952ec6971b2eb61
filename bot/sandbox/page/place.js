/** Where one is: which person looks at which chat. It stands in the address, so that the browser's back works. */

const listeners = [];

/** The person and the chat that are looked at; null: none. */
export const place = { person: null, chat: null };

/** Call *listener* when the place has changed. */
export function onPlace(listener) {
  listeners.push(listener);
}

/** Go there; with *replace* the browser's back does not return here. */
export function go(person, chat = null, { replace = false } = {}) {
  const address = `#${[person, chat].filter((each) => each !== null).join("/")}`;
  if (replace) history.replaceState(null, "", address);
  else if (location.hash !== address) history.pushState(null, "", address);
  read();
}

/** Take the place from the address. */
export function read() {
  const [person, chat] = location.hash.slice(1).split("/").map((part) => (part ? Number(part) : null));
  const next = { person: person ?? null, chat: chat ?? null };
  if (next.person === place.person && next.chat === place.chat) return;
  Object.assign(place, next);
  for (const listener of listeners) listener();
}

/** Whether list and chat are separate screens. */
export const narrow = matchMedia("(max-width: 760px)");

addEventListener("popstate", read);
