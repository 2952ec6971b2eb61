/** Ask the sandbox: its control API, as docs/sandbox.md describes it, and the stream of what changes. */

import { toast } from "./notices.js";

// The app stops turning a pressed button after a while, whether or not the bot ever answers.
const PATIENCE_SECONDS = 15;

const KINDS = [
  ...["state", "person", "chat", "message", "edited", "deleted", "membership", "action"],
  ...["profile", "call", "faults", "pace"],
];
// Telegram's apps give up on an inline query about as soon.
const QUERY_SECONDS = 10;

/** Follow the stream: *heard* gets the kind and the data of each event, *connected* whether the sandbox is there. */
export function follow(heard, connected) {
  const stream = new EventSource("/sandbox/events");
  for (const kind of KINDS) stream.addEventListener(kind, (event) => heard(kind, JSON.parse(event.data)));
  stream.addEventListener("open", () => connected(true));
  stream.addEventListener("error", () => connected(false));
}

export const addPerson = (person) => ask("POST", "/sandbox/people", person);
/** Have *person* write into *place*: `chat_id`, `topic_id`, `reply_to`, `as_chat_id`; *said* is a `text`, a `photo`, a `location`, … */
export const says = (person, place, said) => ask("POST", `/sandbox/people/${person}/says`, { ...place, ...said });
/** The chats that a key of the bot lets *person* choose among; *button* is what stands on it. */
export const pickable = async (person, button) =>
  (await ask("GET", `/sandbox/people/${person}/picks?${new URLSearchParams({ button })}`))?.chats ?? null;
export const picks = (person, chat, button) => ask("POST", `/sandbox/people/${person}/picks`, { chat_id: chat, button });
export const forwards = (person, message, chat) =>
  ask("POST", `/sandbox/people/${person}/forwards`, { from_chat_id: message.chat.id, message_id: message.message_id, chat_id: chat });
export const hides = (person, hidden) => ask("POST", `/sandbox/people/${person}/hides`, { hidden });
export const blocks = (person) => ask("POST", `/sandbox/people/${person}/blocks`);
export const unblocks = (person) => ask("POST", `/sandbox/people/${person}/unblocks`);
export const publish = () => ask("POST", "/sandbox/publish");
export const addFault = (fault) => ask("POST", "/sandbox/faults", fault);
export const liftFault = (id) => ask("DELETE", `/sandbox/faults/${id}`);

export const pace = () => ask("GET", "/sandbox/pace");
export const changePace = (change) => ask("POST", "/sandbox/pace", change);
export const createGroup = (group) => ask("POST", "/sandbox/groups", group);
/** Have a person do something to a chat: add, promote, kick, … as docs/sandbox.md lists it. */
export const changeChat = (chat, change, by, more = {}) => ask("POST", `/sandbox/chats/${chat}/${change}`, { by, ...more });
export const createTopic = (chat, by, name) => ask("POST", `/sandbox/chats/${chat}/topics`, { by, name });
export const changeTopic = (chat, topic, by, change) => ask("POST", `/sandbox/chats/${chat}/topics/${topic}`, { by, ...change });
export const deleteTopic = (chat, topic) => ask("DELETE", `/sandbox/chats/${chat}/topics/${topic}`);

/** Type *text* after the bot's name; what it offers, or null when it says nothing in time. */
export const asks = (person, place, text) =>
  ask("POST", `/sandbox/people/${person}/asks`, { ...place, text, wait: QUERY_SECONDS });
export const chooses = (person, place, query, result) =>
  ask("POST", `/sandbox/people/${person}/chooses`, { ...place, query_id: query, result_id: result });

/** Press a button; the answer, or null when the bot gave none in time. */
export async function presses(person, message, button) {
  const asked = { chat_id: message.chat.id, message_id: message.message_id, wait: PATIENCE_SECONDS };
  const tap = await ask("POST", `/sandbox/people/${person}/presses`, {
    ...asked,
    button: button.text,
    data: button.callback_data,
  });
  return tap?.answer ?? null;
}

/** The messages of a chat before *before*, oldest first. */
export async function olderMessages(chat, before, limit) {
  const query = new URLSearchParams({ limit, ...(before ? { before } : {}) });
  return (await ask("GET", `/sandbox/chats/${chat}/messages?${query}`))?.messages ?? [];
}

/** Where the picture of a message is. */
export const photoAddress = (message) => `/sandbox/chats/${message.chat.id}/messages/${message.message_id}/photo`;

/** Where the file of a message is. */
export const documentAddress = (message) =>
  `/sandbox/chats/${message.chat.id}/messages/${message.message_id}/document`;

/** The answer of the sandbox; null when it refused or is gone, which the person is told. */
async function ask(verb, path, body) {
  try {
    const answer = await fetch(path, { method: verb, body: body && JSON.stringify(body) });
    const said = await answer.json();
    if (answer.ok) return said;
    toast(said.error);
  } catch {
    toast("The sandbox does not answer.");
  }
  return null;
}
