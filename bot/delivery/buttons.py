"""What a chat is shown under the last part of a digest that went on, and under a roundup."""

from collections.abc import Mapping, Sequence

from bot.messages.ending import button_rows
from bot.messages.parts import MessagePart
from bot.messages.phrases import phrase
from bot.messages.rest import BEGINNING, Rest, ask_for
from bot.messages.taps import Save, ShowLeftOut, ShowRest, ShowRestOfRoundup, ShowRestOfSelected, Tap, Why, write
from storage.model import ALL, MadeOf

# As the Bot API takes it: its text, and what a tap asks for or opens.
Button = Mapping[str, str]


def keyboard_for(
    part: MessagePart, made_of: MadeOf, *, private: bool, last: bool, links: Sequence[tuple[str, str]] = ()
) -> list[list[Button]]:
    """Give the rows of buttons under a part, of which only the *last* one has any.

    What asks for more is for a person's own chat: elsewhere anybody could press it, and everybody would be sent five
    messages more. There what is left is said in words, and the buttons are the chat's own *links*. All who share a view
    share its buttons: what is whose, the delivery to whoever presses one tells.
    """
    if not last:
        return []
    if not private:
        return button_rows(links)
    rows = [_rest(part, made_of), _left_out(part, made_of), _about(made_of)]
    return [row for row in rows if row]


def _rest(part: MessagePart, made_of: MadeOf) -> list[Button]:
    if part.rest is None:
        return []
    kind = ShowRestOfRoundup if made_of.collected else ShowRest if made_of.selection == ALL else ShowRestOfSelected
    return [_button(part.rest.label, _ask(part.rest, made_of, kind))]


def _left_out(part: MessagePart, made_of: MadeOf) -> list[Button]:
    if not part.left_out:
        return []
    label = phrase(made_of.language, "left-out", count=part.left_out)
    return [_button(label, _ask(Rest(label, label, BEGINNING), made_of, ShowLeftOut))]


def _about(made_of: MadeOf) -> list[Button]:
    why = _button(phrase(made_of.language, "button-why"), Why(made_of.digest_id))
    if made_of.collected:
        return [why]
    return [_button(phrase(made_of.language, "button-save"), Save(made_of.digest_id, item_id=0, on=True)), why]


def _ask(rest: Rest, made_of: MadeOf, kind: type[ShowRest]) -> ShowRest:
    return ask_for(rest, digest_id=made_of.digest_id, revision=made_of.revision, layout=made_of.layout, kind=kind)


def _button(label: str, tap: Tap) -> Button:
    return {"text": label, "callback_data": write(tap)}
