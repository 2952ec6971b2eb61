/** The log of the bot's calls: what was asked when, what came of it, and all about one call. */

import { h, soon } from "./dom.js";
import { chatNamed } from "./naming.js";
import { preciseTimeOf } from "./times.js";

const SHOWN = 200;
const WELL = new Set(["answered", "open"]);
const FILTERS = {
  Calls: (call) => call.method !== "getUpdates" || !WELL.has(call.outcome),
  Messages: (call) => /^(send|edit|delete)/.test(call.method) && call.method !== "sendChatAction",
  Refused: (call) => !WELL.has(call.outcome),
  Polls: (call) => call.method === "getUpdates",
};

/** The section of calls. */
export function showCalls(world) {
  let chosen = "Calls";
  const list = h("ol", { className: "calls", role: "list", reversed: true });
  const tabs = Object.keys(FILTERS).map((name) =>
    h("button", { className: "filter", type: "button", data: { filter: name }, on: { click: () => choose(name) } }),
  );

  function choose(name) {
    chosen = name;
    showAll();
  }

  function label() {
    for (const tab of tabs) {
      const name = tab.dataset.filter;
      tab.setAttribute("aria-pressed", String(name === chosen));
      tab.replaceChildren(name, h("span", { className: "filter-count" }, String(world.calls.filter(FILTERS[name]).length)));
    }
  }

  function showAll() {
    fresh = [];
    const calls = world.calls.filter(FILTERS[chosen]).slice(-SHOWN).reverse();
    list.replaceChildren(...calls.map((call) => entry(world, call)));
    label();
  }

  let fresh = [];
  const showFresh = soon(() => {
    const calls = fresh.filter(FILTERS[chosen]).slice(-SHOWN).reverse();
    fresh = [];
    list.prepend(...calls.map((call) => entry(world, call)));
    while (list.children.length > SHOWN) list.lastElementChild.remove();
    label();
  });
  world.on(["state"], showAll);
  world.on(["call"], (call) => {
    fresh.push(call);
    showFresh();
  });
  return h(
    "section",
    { className: "panel-section panel-calls", "aria-label": "Calls" },
    h("h3", {}, "Calls of the bot"),
    h("div", { className: "filters", role: "group", "aria-label": "Which calls" }, tabs),
    list,
  );
}

function entry(world, call) {
  const details = h(
    "details",
    { className: "call", data: { outcome: call.outcome } },
    h(
      "summary",
      {},
      h("span", { className: "call-line" }, h("span", { className: "call-method" }, call.method), h("span", { className: "call-time" }, preciseTimeOf(call.at))),
      h("span", { className: "call-line call-more" }, h("span", { className: "call-words" }, words(world, call)), h("span", {}, took(call))),
    ),
  );
  // Most calls are never opened: their JSON is written when they are.
  details.addEventListener("toggle", () => details.querySelector("pre") ?? details.append(...inside(call)));
  return h("li", {}, details);
}

function words(world, call) {
  if (call.outcome !== "answered") return call.answer?.description ?? call.outcome;
  const chatId = Number(call.parameters.chat_id);
  const to = world.chats.has(chatId) ? `${chatNamed(world, chatId)}: ` : "";
  const text = call.parameters.text ?? call.parameters.caption ?? call.parameters.action ?? "";
  return `${to}${text.slice(0, 80).replace(/\s+/g, " ")}`;
}

function took(call) {
  if (call.ended === null) return "";
  const milliseconds = (call.ended - call.began) * 1000;
  return milliseconds < 1000 ? `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function inside(call) {
  const block = (title, value) => [h("h4", {}, title), h("pre", { tabIndex: 0 }, JSON.stringify(value, unpacked, 2))];
  return [...block("Asked", call.parameters), ...(call.answer ? block("Answered", call.answer) : [])];
}

/** JSON inside of JSON, as forms carry it, is easier to read unpacked. */
function unpacked(_key, value) {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
