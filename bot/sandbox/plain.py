"""The judge without TDLib: its rules for texts and entities, written down anew."""

import re
from bisect import bisect_left

from bot.sandbox.entities import Entity, end, ordered, units
from bot.sandbox.errors import bad_request
from bot.sandbox.links import LinkError, checked_link

SPACES = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
GONE = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
FARTHEST = 1_000_000
PATTERN = re.compile(
    r"(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/@])"
    r"|(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'])"
    r"|(?<!\w)(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?<![\w@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{2,31})(?![\w@])"
    r"|(?<![\w#])(?P<hashtag>#(?=\w*[^\W\d])\w{1,256})(?![\w#])"
)


class PlainJudge:
    """Checks and cleans without help; it knows no parse modes and does not cut what overlaps."""

    name = "plain"

    def parse(self, text: str, mode: str) -> tuple[str, list[Entity]]:
        """Refuse: only TDLib can tell what a parse mode makes of *text*."""
        raise bad_request(f"the sandbox lacks tdjson and cannot judge parse_mode {mode} of {len(text)} characters")

    def fix(self, text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
        """*text* cleaned and *entities* checked, moved with it; not yet trimmed."""
        linked = [_linked(entity) for entity in entities]
        for entity in linked:
            for name in ("offset", "length"):
                if not 0 <= entity[name] <= FARTHEST:
                    raise bad_request(f"receive an entity with incorrect {name} {entity[name]}")
        kept = ordered([entity for entity in linked if entity["length"]])
        if not kept:
            return GONE.sub("", SPACES.sub(" ", text)), []
        return _moved(text, kept)

    def find(self, text: str) -> list[Entity]:
        """What Telegram finds itself: commands, links, addresses, mentions, hashtags."""
        if not {"/", "#", "@"} & set(text):
            return []
        return [
            {"offset": units(text[: found.start()]), "length": units(found[0]), "type": str(found.lastgroup)}
            for found in PATTERN.finditer(text)
        ]


def _linked(entity: Entity) -> Entity:
    if entity["type"] != "text_link":
        return entity
    try:
        return entity | {"url": checked_link(entity["url"])}
    except LinkError as error:
        raise bad_request(f"entity {error}") from error


def _moved(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Clean *text* and move *entities* with what is left; they must begin and end between characters."""
    length = units(text)
    middles = {place + 1 for place in _places(ASTRAL, text)}
    gone = _places(GONE, text)
    moved = []
    for entity in entities:
        _check_place(entity, text, length=length, middles=middles)
        start, stop = (place - bisect_left(gone, place) for place in (entity["offset"], end(entity)))
        if start < stop:
            moved.append(entity | {"offset": start, "length": stop - start})
    return GONE.sub("", SPACES.sub(" ", text)), moved


def _places(pattern: re.Pattern[str], text: str) -> list[int]:
    """Where *pattern* matches single characters, in UTF-16 units."""
    if text.isascii():
        return [found.start() for found in pattern.finditer(text)]
    return [units(text[: found.start()]) for found in pattern.finditer(text)]


def _check_place(entity: Entity, text: str, *, length: int, middles: set[int]) -> None:
    start, stop = entity["offset"], end(entity)
    if start > length:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
    if start in middles:
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol{_place(text, start)}")
    beginning = f"entity beginning at UTF-16 offset {start}"
    if stop > length:
        raise bad_request(f"{beginning} ends after the end of the text at UTF-16 offset {stop}")
    if stop in middles:
        raise bad_request(f"{beginning} ends in a middle of a UTF-16 symbol{_place(text, stop)}")


def _place(text: str, unit: int) -> str:
    """Where the character is over that has *unit* in its middle."""
    before = text.encode("utf-16-le", "surrogatepass")[: 2 * (unit + 1)].decode("utf-16-le", "surrogatepass")
    return f" at byte offset {len(before.encode('utf-8', 'surrogatepass'))}"
