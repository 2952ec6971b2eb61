/** What the apps make of marks in a text that somebody types: `**bold**`, `__italic__`, `[words](https://…)` and the like. */

const PAIRS = { "**": "bold", __: "italic", "~~": "strikethrough", "||": "spoiler" };
// A mark inside a word is a part of it, as in an address.
const MARKS = /```([^]+?)```|`([^`\n]+)`|(?<!\w)(\*\*|__|~~|\|\|)(?=\S)([^]+?)(?<=\S)\3(?!\w)|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/g;

/** *typed* without its marks as `text`, and what they mean as `entities`; without marks only the text. */
export function marked(typed) {
  const entities = [];
  const text = unmarked(typed, 0, entities);
  return entities.length ? { text, entities } : { text };
}

/** *typed* without marks; what it finds goes into *entities*, as if the text began *at* that place. */
function unmarked(typed, at, entities) {
  let text = "";
  let read = 0;
  for (const match of typed.matchAll(MARKS)) {
    const [whole, block, code, mark, inner, words, url] = match;
    text += typed.slice(read, match.index);
    read = match.index + whole.length;
    const offset = at + text.length;
    const entity = block ? { type: "pre" } : code ? { type: "code" } : mark ? { type: PAIRS[mark] } : { type: "text_link", url };
    // The outer one comes first.
    entities.push(entity);
    const shown = block ?? code ?? unmarked(inner ?? words, offset, entities);
    Object.assign(entity, { offset, length: shown.length });
    text += shown;
  }
  return text + typed.slice(read);
}
