"""Numbers of things, as they are read."""


def counted(number: int, noun: str) -> str:
    """Say how many: `1 chat`, `1,200 chats`; only of nouns whose plural is an s more."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
