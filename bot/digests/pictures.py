"""Tell what only shows a picture or a film."""

from bot.digests.blocks import Block
from bot.digests.inline import FILM, PICTURE
from storage.model import Entity, EntityType, FormattedText


def is_picture(text: FormattedText, link: Entity) -> bool:
    """Whether *link* of *text* only shows a picture or a film."""
    return text.text.startswith((PICTURE, FILM), link.offset)


def is_only_pictures(block: Block) -> bool:
    """Whether *block* is a paragraph of pictures and nothing else."""
    pictures = (e for e in block.text.entities if e.type == EntityType.TEXT_LINK and is_picture(block.text, e))
    return block.kind == "paragraph" and sum(e.length + 1 for e in pictures) > len(block.text.text)
