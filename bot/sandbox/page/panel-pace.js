/** How fast the bot sends: of each limit the fullest window and how often it was broken. */

import { h } from "./dom.js";
import { chatNamed } from "./naming.js";
import { changePace, pace } from "./server.js";
import { timeOf } from "./times.js";

const LANES = { bot: "All chats", private: "A person", group: "A group or channel" };
const COUNTED = /^(send|edit|copy|forward)/;
const PAUSE_MS = 400;

/** The section of pace. */
export function showPace(world) {
  const rows = h("dl", { className: "paces" });
  const enforced = h(
    "button",
    { className: "switch", type: "button", role: "switch", on: { click: () => changePace({ enforced: !world.pace?.enforced }) } },
    h("span", { className: "switch-lines" }, h("span", {}, "Refuse what is too fast"), h("span", { className: "switch-words" }, "429, as Telegram would")),
    h("span", { className: "switch-knob", "aria-hidden": "true" }),
  );
  const reset = h("button", { className: "plain small", type: "button", on: { click: () => changePace({ reset: true }) } }, "Count anew");
  const show = () => {
    if (!world.pace) return;
    enforced.setAttribute("aria-checked", String(world.pace.enforced));
    reset.hidden = !world.pace.messages;
    rows.replaceChildren(...Object.keys(LANES).map((lane) => row(world, lane, world.pace[lane])));
  };
  let waiting = 0;
  const ask = async () => {
    waiting = 0;
    const known = world.pace;
    const asked = await pace();
    // What the stream told meanwhile is newer than what was asked before.
    if (world.pace === known) world.pace = asked ?? known;
    show();
  };
  world.on(["state", "pace"], show);
  // The stream tells of breaches; fuller windows are worth a look now and then.
  world.on(["call"], (call) => {
    if (COUNTED.test(call.method) && call.method !== "sendChatAction") waiting ||= setTimeout(ask, PAUSE_MS);
  });
  return h("section", { className: "panel-section", "aria-label": "Pace" }, h("h3", {}, "Pace", reset), rows, enforced);
}

function row(world, lane, { limit, seconds, breaches, worst, chat_id: chatId, at }) {
  const within = seconds === 1 ? "a second" : seconds === 60 ? "a minute" : `${seconds} s`;
  const when = worst ? `${chatId === null ? "" : `${chatNamed(world, chatId)}, `}${timeOf(at)}` : "";
  return h(
    "div",
    { className: "pace", title: when && `The fullest window: ${when}`, data: { broken: breaches > 0 } },
    h("dt", {}, LANES[lane], h("span", { className: "pace-words" }, `${worst} of ${limit} in ${within}`)),
    h(
      "dd",
      {},
      h("meter", { min: 0, max: limit, value: Math.min(worst, limit), "aria-label": `${LANES[lane]}: fullest window` }),
      breaches > 0 && h("span", { className: "pace-words" }, `${breaches} too many, most ${chatId === null ? "at" : "to"} ${when}`),
    ),
  );
}
