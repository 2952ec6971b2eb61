"""Tell what only shows a picture or a film."""

from bot.digests.blocks import Block
from bot.digests.entities import cut
from bot.digests.inline import FILM, PICTURE
from storage.model import Entity, EntityType, FormattedText


def is_picture(text: FormattedText, link: Entity) -> bool:
    """Whether *link* of *text* only shows a picture or a film."""
    return text.text.startswith((PICTURE, FILM), link.offset)


def without_last_pictures(text: FormattedText) -> tuple[FormattedText, FormattedText]:
    """Part *text* from the pictures that it ends with; a text of nothing but pictures stays whole."""
    end = len(text.text)
    for link in reversed([e for e in text.entities if e.type == EntityType.TEXT_LINK]):
        if not is_picture(text, link) or text.text[link.offset + link.length : end].strip():
            break
        end = link.offset
    if end == len(text.text) or not text.text[:end].strip():
        return text, FormattedText()
    return cut(text, 0, end), cut(text, end, len(text.text))


def is_only_pictures(block: Block) -> bool:
    """Whether *block* is a paragraph of pictures and nothing else."""
    pictures = (e for e in block.text.entities if e.type == EntityType.TEXT_LINK and is_picture(block.text, e))
    return block.kind == "paragraph" and sum(e.length + 1 for e in pictures) > len(block.text.text)
