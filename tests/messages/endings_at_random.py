"""Random endings, as somebody could have given them, up to the largest."""

from random import Random

from bot.digests.entities import settle
from bot.messages.ending import LONGEST_FOOTER, LONGEST_LABEL, LONGEST_SIGNATURE, MOST_LINKS, MOST_STYLES
from bot.messages.ending_read import Problem, read_footer, read_links, read_signature
from storage.model import Ending, Entity, EntityType, FormattedText
from tests.messages.markdowns import words

STYLES = tuple(each for each in EntityType if each is not EntityType.DATE_TIME)
LINKS = (
    "https://example.org/" + "a" * 60,
    "https://例子.example/字",
    "tg://resolve?domain=x",
    "javascript:x",
    "/x",
    "",
)
LARGEST = Ending(
    FormattedText(
        "字" * LONGEST_FOOTER,
        tuple(Entity(EntityType.TEXT_LINK, 2 * at, 1, "https://example.org/" + "x" * 60) for at in range(MOST_STYLES)),
    ),
    "名" * LONGEST_SIGNATURE,
    tuple(("x" * LONGEST_LABEL, f"https://example.org/{number}") for number in range(MOST_LINKS)),
)


def an_ending(random: Random) -> Ending:
    """One that is taken: what would be refused is left out of it."""
    if random.random() < 0.2:
        return LARGEST
    footer = read_footer(_formatted(random))
    signature = read_signature(words(random, 6)[: random.randint(1, 90)])
    lines = (f"{words(random, 2)} {random.choice(('-', ':', ''))} {random.choice(LINKS)}" for _ in range(3))
    links = read_links("\n".join(lines))
    return Ending(
        FormattedText() if isinstance(footer, Problem) else footer,
        "" if isinstance(signature, Problem) else signature,
        () if isinstance(links, Problem) else links,
    )


def _formatted(random: Random) -> FormattedText:
    text = words(random, 20)[: random.randint(1, 400)]
    entities = [
        _an_entity(random, random.choice(STYLES), random.randrange(len(text)))
        for _ in range(random.randint(0, 12))
        if text
    ]
    fitting = [each for each in entities if each.offset + each.length <= len(text)]
    return settle(text, fitting)


def _an_entity(random: Random, style: EntityType, offset: int) -> Entity:
    values = {EntityType.TEXT_LINK: random.choice(LINKS), EntityType.PRE: random.choice(("", "python"))}
    return Entity(style, offset, random.randint(1, 40), values.get(style, ""))
