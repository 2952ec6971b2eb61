"""Which time zone a shared location lies in."""


def zone_at(latitude: float, longitude: float) -> str:
    """Give the IANA name of the zone there; at sea it is that of the ship's time."""
    # Not with the rest: its map takes 36 MB, which most bots never need.
    from tzfpy import get_tz  # noqa: PLC0415

    return get_tz(longitude, latitude)
