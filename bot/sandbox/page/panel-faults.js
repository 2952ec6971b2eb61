/** Faults to switch on: what Telegram does on a bad day. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { chatNamed } from "./naming.js";
import { addFault, liftFault } from "./server.js";

const FAULTS = [
  { name: "Too many requests", words: "429, retry after 5 s", fault: { kind: "refuse", code: 429, retry_after: 5 } },
  { name: "Blocked by the person", words: "403", fault: { kind: "refuse", code: 403 } },
  { name: "Slow", words: "each answer 3 s late", fault: { kind: "delay", seconds: 3 } },
  { name: "Lost answer", words: "sent, and the connection drops", fault: { kind: "drop", accepted: true } },
  { name: "Lost request", words: "the connection drops, not sent", fault: { kind: "drop", accepted: false } },
  { name: "Bad gateway", words: "502 with a page of HTML", fault: { kind: "html" } },
];
const METHODS = ["sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates", ""];

/** The section of faults. */
export function showFaults(world) {
  const method = select("Method", METHODS.map((name) => [name, name || "every method"]));
  const chat = select("Chat", [["", "every chat"]]);
  const times = select("How often", [["", "until switched off"], ["1", "once"], ["3", "three times"]]);
  const switches = FAULTS.map((offer) => faultSwitch(offer, toggle));
  const others = h("ul", { className: "faults-other", role: "list" });

  async function toggle(offer) {
    const active = world.faults.filter((fault) => isOf(offer, fault));
    for (const fault of active) await liftFault(fault.id);
    if (!active.length) {
      const asked = { method: method.value, chat_id: Number(chat.value) || null, times: Number(times.value) || null };
      await addFault({ ...offer.fault, ...asked });
    }
  }

  // The stream tells of every change, those made here included.
  function show() {
    FAULTS.forEach((offer, index) => {
      const active = world.faults.find((fault) => isOf(offer, fault));
      switches[index].setAttribute("aria-checked", String(Boolean(active)));
      switches[index].querySelector(".switch-words").textContent = active ? described(world, active) : offer.words;
    });
    const foreign = world.faults.filter((fault) => !FAULTS.some((offer) => isOf(offer, fault)));
    others.replaceChildren(...foreign.map((fault) => otherFault(world, fault)));
    offerChats(world, chat);
  }

  world.on(["state", "person", "chat", "faults"], show);
  return h(
    "section",
    { className: "panel-section", "aria-label": "Faults" },
    h("h3", {}, "Faults"),
    h("div", { className: "fault-scope" }, method, chat, times),
    h("div", { className: "switches" }, switches),
    others,
  );
}

function faultSwitch(offer, toggle) {
  return h(
    "button",
    { className: "switch", type: "button", role: "switch", "aria-checked": "false", on: { click: () => toggle(offer) } },
    h("span", { className: "switch-lines" }, h("span", {}, offer.name), h("span", { className: "switch-words" }, offer.words)),
    h("span", { className: "switch-knob", "aria-hidden": "true" }),
  );
}

function otherFault(world, fault) {
  const lift = () => liftFault(fault.id);
  const end = h("button", { className: "round small", type: "button", "aria-label": "End this fault", on: { click: lift } }, icon("close"));
  const code = fault.answer ? ` ${fault.answer.error_code}` : "";
  return h("li", { className: "fault-other" }, h("span", {}, `${fault.kind}${code}: ${described(world, fault)}`), end);
}

function isOf({ fault: offered }, fault) {
  return (
    kindOf(fault) === offered.kind &&
    fault.accepted === Boolean(offered.accepted) &&
    (offered.kind !== "refuse" || fault.answer?.error_code === offered.code)
  );
}

function kindOf(fault) {
  return fault.kind === "garble" ? "html" : fault.kind;
}

function described(world, fault) {
  const where = fault.chat_id && `to ${chatNamed(world, fault.chat_id)}`;
  const often = fault.times && `${fault.times} more`;
  return [fault.method || "every method", where, often].filter(Boolean).join(" · ");
}

function select(label, options) {
  return h("select", { className: "select", "aria-label": label, title: label }, options.map(([value, text]) => h("option", { value }, text)));
}

function offerChats(world, chat) {
  const chosen = chat.value;
  const there = [...world.chats.values()].filter((each) => !each.gone);
  const options = there.map(({ id }) => h("option", { value: String(id) }, chatNamed(world, id)));
  chat.replaceChildren(h("option", { value: "" }, "every chat"), ...options);
  chat.value = chosen;
}
