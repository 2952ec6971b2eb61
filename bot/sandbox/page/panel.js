/** The developer panel: publish, break things, and see every call. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./notices.js";
import { showCalls } from "./panel-calls.js";
import { showFaults } from "./panel-faults.js";
import { showPace } from "./panel-pace.js";
import { publish } from "./server.js";

const roomy = matchMedia("(min-width: 1240px)");

/** Fill *aside*; a handle to open and close it. */
export function showPanel(aside, world) {
  const listeners = [];
  const set = (shown) => {
    aside.hidden = !shown;
    document.body.classList.toggle("with-panel", shown);
    for (const listener of listeners) listener(shown);
  };
  const toggle = () => {
    set(aside.hidden);
    if (roomy.matches) localStorage.setItem("panel", aside.hidden ? "closed" : "open");
    if (!aside.hidden) aside.querySelector("button")?.focus();
  };
  const close = h("button", { className: "round", type: "button", title: "Close", "aria-label": "Close the developer panel", on: { click: toggle } }, icon("close"));
  const judge = h("p", { className: "panel-note" });
  const publishing = publishButton();
  aside.append(
    h("header", { className: "panel-header" }, h("h2", {}, "Developer"), close),
    h("div", { className: "panel-body" }, publishing, showFaults(world), showPace(world), showCalls(world), judge),
  );
  world.on(["state"], () => {
    publishing.hidden = !world.canPublish;
    judge.textContent = `Texts are judged by ${world.judge === "plain" ? "plain rules (tdjson is not installed)" : "TDLib"}.`;
  });
  set(roomy.matches && localStorage.getItem("panel") !== "closed");
  return {
    toggle,
    escape: () => !aside.hidden && !roomy.matches && (set(false), true),
    onToggle: (listener) => {
      listeners.push(listener);
      listener(!aside.hidden);
    },
  };
}

function publishButton() {
  const label = h("span", {}, "Publish next digest");
  const button = h("button", { className: "primary publish", type: "button" }, icon("paper"), label);
  button.addEventListener("click", async () => {
    button.disabled = true;
    const answer = await publish();
    button.disabled = false;
    if (answer) toast(answer.published ? `Published: ${answer.published}` : "Published");
  });
  return button;
}
