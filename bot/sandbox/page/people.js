/** The rail of people: whose Telegram one looks at, and the switches of the page. */

import { avatar } from "./avatars.js";
import { h, renew, roving, soon } from "./dom.js";
import { ask, line, words } from "./forms.js";
import { icon } from "./icons.js";
import { fullName } from "./naming.js";
import { go, onPlace, place } from "./place.js";
import { unreadOf } from "./reading.js";
import { addPerson } from "./server.js";
import { isDark, onSystemTheme, switchTheme } from "./theme.js";

/** Fill *rail*; *panel* is the developer panel, which has its switch here. */
export function showPeople(rail, world, panel) {
  const list = h("div", { className: "people-list", on: { keydown: (event) => move(event, list) } });
  const add = round("plus", "Add a person", () => askForPerson());
  const theme = round("moon", "Dark", () => {
    switchTheme();
    dress(theme);
  });
  const develop = round("code", "Developer panel", () => panel.toggle());
  rail.append(list, add, h("span", { className: "people-space" }), theme, develop);
  panel.onToggle((shown) => develop.setAttribute("aria-pressed", String(shown)));
  onSystemTheme(() => dress(theme));
  dress(theme);
  const refresh = soon(() => renew(list, [...world.people.values()].map((person) => entry(world, person))));
  world.on(["state", "person", "chat", "message", "deleted", "read"], refresh);
  onPlace(refresh);
}

function entry(world, person) {
  const unread = place.person === person.id ? 0 : unreadEverywhere(world, person);
  const current = place.person === person.id;
  return h(
    "button",
    {
      className: "person",
      type: "button",
      title: `${fullName(person)}${person.language_code ? ` · ${person.language_code}` : ""}`,
      "aria-current": current && "true",
      "aria-label": `${fullName(person)}${unread ? `, ${unread} unread` : ""}`,
      data: { key: person.id },
      on: { click: () => place.person === person.id || go(person.id) },
    },
    avatar(person.id, fullName(person)),
    h("span", { className: "person-name" }, person.first_name),
    unread > 0 && h("span", { className: "badge", "aria-hidden": "true" }, String(unread)),
  );
}

function unreadEverywhere(world, person) {
  return world.chatsOf(person.id).reduce((sum, chat) => sum + unreadOf(world, person.id, chat.id), 0);
}

function move(event, list) {
  roving(event, [...list.children], { horizontal: true });
}

function round(name, label, click) {
  return h("button", { className: "round", type: "button", title: label, "aria-label": label, on: { click } }, icon(name));
}

function dress(button) {
  button.replaceChildren(icon(isDark() ? "sun" : "moon"));
  button.setAttribute("aria-pressed", String(isDark()));
}

/** Ask for the name of somebody new, and go to them. */
export function askForPerson() {
  const name = words("", "Name");
  const language = h("input", { value: "en", maxLength: 16, autocomplete: "off" });
  ask("Add a person", "Add", [line("Name", name), line("Language of their app", language)], async () => {
    const person = await addPerson({ first_name: name.value.trim(), language: language.value.trim() });
    if (person) go(person.id);
  });
}
