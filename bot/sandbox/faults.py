"""What goes wrong on request: refusals, delays, holds, lost connections, answers that are none."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.calls import Call
from bot.sandbox.errors import ApiError
from bot.sandbox.signal import Signal


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer with an error of the Bot API."""

    error: ApiError


@dataclass(frozen=True, slots=True)
class Delay:
    """Answer late, by so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Hold:
    """Answer only when released; a hold that nobody releases is a hang."""


@dataclass(frozen=True, slots=True)
class Garble:
    """Answer as a broken proxy does: *html* with a 502, or *text* with a 200 that is no JSON."""

    form: Literal["html", "text"]


@dataclass(frozen=True, slots=True)
class Drop:
    """Close the connection without an answer."""


Effect = Refuse | Delay | Hold | Garble | Drop


@dataclass(slots=True)
class Fault:
    """An effect and the calls that meet it.

    When *accepted*, the call was carried out first: the message is in the chat, and only the answer suffers. Of
    getUpdates that means an answer with updates in it; empty ones pass.
    """

    id: int
    effect: Effect
    # Lower case; empty: every method.
    method: str = ""
    # None: every chat, and calls that name none.
    chat_id: int | None = None
    # None: until it is lifted.
    times: int | None = None
    probability: float = 1.0
    accepted: bool = False

    def meets(self, method: str, chat_id: int | None, *, accepted: bool) -> bool:
        """Whether such a call is meant."""
        return (
            self.accepted == accepted
            and self.method in ("", method)
            and self.chat_id in (None, chat_id)
            and (self.probability >= 1 or random.random() < self.probability)  # noqa: S311 no secret hangs on it
        )


@dataclass(slots=True)
class Held:
    """A call that waits for its release."""

    call: Call
    accepted: bool
    released: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Faults:
    """The faults in force, the oldest first, and the calls they hold."""

    active: dict[int, Fault] = field(default_factory=dict)
    held: dict[int, Held] = field(default_factory=dict)
    last_id: int = 0
    changed: Signal = field(default_factory=Signal)

    def add(self, fault: Fault) -> Fault:
        """Put *fault* in force, under an id of its own."""
        self.last_id += 1
        fault.id = self.last_id
        self.active[fault.id] = fault
        self.changed.fire()
        return fault

    def take(self, method: str, chat_id: int | None, *, accepted: bool) -> Effect | None:
        """The effect that this call meets, used up once."""
        for fault in self.active.values():
            if fault.meets(method, chat_id, accepted=accepted):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        del self.active[fault.id]
                return fault.effect
        return None

    async def hold(self, call: Call, *, accepted: bool) -> None:
        """Return when the call is released; it leaves the list also when its caller hangs up."""
        held = self.held[call.number] = Held(call, accepted)
        call.outcome = "held"
        self.changed.fire()
        try:
            await held.released.wait()
        finally:
            del self.held[call.number]
            self.changed.fire()

    def lift(self, fault_id: int | None = None) -> None:
        """End one fault, or all; what is held stays held."""
        if fault_id is None:
            self.active.clear()
        else:
            self.active.pop(fault_id, None)
        self.changed.fire()

    def lift_holds(self, method: str = "") -> None:
        """Hold no more calls, of *method* or of any."""
        for fault in [fault for fault in self.active.values() if isinstance(fault.effect, Hold)]:
            if method in ("", fault.method):
                del self.active[fault.id]

    def release(self, *, method: str = "", number: int | None = None) -> int:
        """Let held calls go, all or those meant; how many there were."""
        going = [
            held
            for held in self.held.values()
            if method in ("", held.call.method.lower()) and number in (None, held.call.number)
        ]
        for held in going:
            held.released.set()
        return len(going)


def faults_json(faults: Faults) -> dict[str, Any]:
    """The faults in force, as the control API shows them."""
    return {"faults": [fault_json(fault) for fault in faults.active.values()]}


def fault_json(fault: Fault) -> dict[str, Any]:
    """A fault in force."""
    shown: dict[str, Any] = {
        "id": fault.id,
        "kind": _kind(fault.effect),
        "method": fault.method,
        "chat_id": fault.chat_id,
        "times": fault.times,
        "probability": fault.probability,
        "accepted": fault.accepted,
    }
    match fault.effect:
        case Refuse(error):
            return shown | {"answer": error.answer()}
        case Delay(seconds):
            return shown | {"seconds": seconds}
        case Hold() | Garble() | Drop():
            return shown


def _kind(effect: Effect) -> str:
    return effect.form if isinstance(effect, Garble) else type(effect).__name__.lower()
