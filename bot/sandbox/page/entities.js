/** Entities of a message as a tree; offsets count UTF-16 units, as in JavaScript's own strings. */

// Nothing can stand inside of these.
const LEAVES = new Set(["code", "pre", "date_time"]);

/**
 * The stretches of *text* in order: strings, and `{ entity, children }`. What crosses the end of what it began in goes
 * on behind it, so that overlapping entities show as well as nested ones.
 */
export function nested(text, entities = []) {
  const within = entities
    .map((entity) => ({ entity, from: Math.max(entity.offset, 0), to: Math.min(entity.offset + entity.length, text.length) }))
    .filter(({ from, to }) => from < to);
  return stretches(text, 0, text.length, within);
}

function stretches(text, from, to, pieces) {
  const found = [];
  const waiting = [...pieces].sort((one, other) => one.from - other.from || other.to - one.to);
  let at = from;
  while (waiting.length) {
    const { entity, from: begins, to: ends } = waiting.shift();
    if (begins > at) found.push(text.slice(at, begins));
    const inside = [];
    while (waiting.length && waiting[0].from < ends) {
      const piece = waiting.shift();
      inside.push({ ...piece, to: Math.min(piece.to, ends) });
      if (piece.to > ends) insert(waiting, { ...piece, from: ends });
    }
    const children = LEAVES.has(entity.type) ? [text.slice(begins, ends)] : stretches(text, begins, ends, inside);
    found.push({ entity, children });
    at = ends;
  }
  if (at < to) found.push(text.slice(at, to));
  return found;
}

function insert(pieces, piece) {
  const place = pieces.findIndex((other) => other.from > piece.from || (other.from === piece.from && other.to < piece.to));
  pieces.splice(place < 0 ? pieces.length : place, 0, piece);
}
