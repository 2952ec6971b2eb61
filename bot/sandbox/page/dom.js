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

/** Let *list* show *fresh*; elements whose `data-key` stays are kept, and with them a focus or a half-made click. */
export function renew(list, fresh) {
  const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  fresh.forEach((element, index) => {
    const kept = known.get(element.dataset.key);
    if (kept) become(kept, element);
    const shown = kept ?? element;
    if (list.children[index] !== shown) list.insertBefore(shown, list.children[index] ?? null);
  });
  while (list.children.length > fresh.length) list.lastElementChild.remove();
  // Whoever is moved loses it.
  if (focused?.isConnected) focused.focus();
}

function become(element, fresh) {
  for (const name of element.getAttributeNames()) if (!fresh.hasAttribute(name)) element.removeAttribute(name);
  for (const name of fresh.getAttributeNames()) element.setAttribute(name, fresh.getAttribute(name));
  element.replaceChildren(...fresh.childNodes);
}

/** *draw*, called at most once a frame however often it is asked for, and in a hidden page at most ten times a second. */
export function soon(draw) {
  let waiting = false;
  const now = () => {
    waiting = false;
    draw();
  };
  return () => {
    if (waiting) return;
    waiting = true;
    if (document.hidden) setTimeout(now, 100);
    else requestAnimationFrame(now);
  };
}
