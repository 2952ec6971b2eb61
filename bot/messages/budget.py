"""What one message can hold, and how much of it a text takes."""

from dataclasses import dataclass
from typing import Self

from storage.model import Entity, FormattedText


@dataclass(frozen=True, slots=True)
class Budget:
    """Room in a message: Telegram drops what is too much of the second, and refuses the rest."""

    characters: int = 4_096
    entities: int = 100
    # Telegram refuses at about 9,500; each entity counts 20 and its address.
    bytes: int = 9_000

    @classmethod
    def taken_by(cls, text: FormattedText) -> Self:
        """What *text* takes."""
        return cls(len(text.text), len(text.entities), sum(map(weight, text.entities)))

    def __add__(self, other: "Budget") -> "Budget":
        return Budget(self.characters + other.characters, self.entities + other.entities, self.bytes + other.bytes)

    def __sub__(self, other: "Budget") -> "Budget":
        return Budget(self.characters - other.characters, self.entities - other.entities, self.bytes - other.bytes)

    def holds(self, other: "Budget") -> bool:
        """Whether there is room for *other*."""
        left = self - other
        return left.characters >= 0 and left.entities >= 0 and left.bytes >= 0


def weight(entity: Entity) -> int:
    """The bytes that *entity* counts for."""
    return 20 + len(entity.value.encode())
