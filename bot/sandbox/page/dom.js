/** Build elements; text is always a text node, so that nothing somebody wrote can become markup. */

/**
 * An element. Of *properties*, `on` maps events to listeners, `data` becomes data attributes, names with a dash and
 * `role` are attributes (null and false leave them out), all else are properties of the element; an unknown language
 * is none.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else if (name.includes("-") || name === "role") {
      attribute(element, name, value);
    } else if (name !== "lang" || value) {
      element[name] = value;
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Set an attribute; null and false take it away. */
export function attribute(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** Words that can be pressed and yet break over lines, which a button cannot. */
export function pressable(press, properties, ...children) {
  const pressed = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    press(event);
  };
  return h("a", { role: "button", tabIndex: 0, on: { click: pressed, keydown: pressed }, ...properties }, ...children);
}

/** Move the focus among *elements* with the arrow keys, Home and End. */
export function roving(event, elements, { horizontal = false } = {}) {
  const steps = { ArrowDown: 1, ArrowUp: -1, ...(horizontal ? { ArrowRight: 1, ArrowLeft: -1 } : {}) };
  const at = elements.indexOf(document.activeElement);
  let to;
  if (event.key in steps) to = Math.min(Math.max(at + steps[event.key], 0), elements.length - 1);
  else if (event.key === "Home") to = 0;
  else if (event.key === "End") to = elements.length - 1;
  else return;
  event.preventDefault();
  elements[to]?.focus();
}
