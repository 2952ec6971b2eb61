"""Files on their way into a chat: uploaded now, or sent before and named by their id."""

import struct

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.messages import Document, Photo
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.state import Sandbox

# A photo's width and height together, and how many times one may be the other (core.telegram.org/bots/api#sendphoto).
LARGEST_SIDES = 10_000
MOST_STRETCHED = 20
LARGEST_PHOTO = 10 * 1024 * 1024


def document_of(sandbox: Sandbox, asked: Parameters) -> Document:
    """The document in *asked*."""
    file = _known(sandbox, asked, "document")
    if isinstance(file, Document):
        return file
    if isinstance(file, Photo):
        raise bad_request("can't use file of type Photo as Document")
    return kept_document(sandbox, file)


def kept_document(sandbox: Sandbox, file: Upload) -> Document:
    """*file*, to be sent now and again by its id."""
    document = Document(sandbox.next_file_id("document"), file.name, file.content_type, file.content)
    sandbox.files[document.id] = document
    return document


def photo_of(sandbox: Sandbox, asked: Parameters) -> Photo:
    """The picture in *asked*."""
    file = _known(sandbox, asked, "photo")
    if isinstance(file, Photo):
        return file
    if isinstance(file, Document):
        raise bad_request("can't use file of type Document as Photo")
    return kept_photo(sandbox, file)


def kept_photo(sandbox: Sandbox, file: Upload) -> Photo:
    """*file* as a picture; what is no JPEG or PNG is refused as Telegram refuses what it cannot read."""
    if len(file.content) > LARGEST_PHOTO:
        raise ApiError(413, "Request Entity Too Large")
    width, height = _size(file.content)
    if width + height > LARGEST_SIDES or max(width, height) > MOST_STRETCHED * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    kind = "image/png" if file.content.startswith(PNG) else "image/jpeg"
    photo = Photo(sandbox.next_file_id("photo"), kind, file.content, width, height)
    sandbox.files[photo.id] = photo
    return photo


def _known(sandbox: Sandbox, asked: Parameters, name: str) -> Upload | Document | Photo:
    named = asked.text(name)
    upload = asked.uploads.get(name) or asked.uploads.get(named.removeprefix("attach://"))
    if upload is not None:
        return upload
    if not named or named.startswith("attach://"):
        raise bad_request(f"there is no {name} in the request")
    if named in sandbox.files:
        return sandbox.files[named]
    if named.startswith(("http://", "https://")):
        # No request leaves the machine.
        raise bad_request("failed to get HTTP URL content")
    raise bad_request("wrong remote file identifier specified: Wrong character in the string")


PNG = b"\x89PNG\r\n\x1a\n"
# The markers of JPEG that begin a frame: baseline, progressive and their kin.
FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))


def _size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG."""
    try:
        if content.startswith(PNG):
            width, height = struct.unpack_from(">II", content, 16)
            return int(width), int(height)
        place = 2 if content.startswith(b"\xff\xd8") else len(content)
        while True:
            marker, length = struct.unpack_from(">xBH", content, place)
            if marker in FRAMES:
                height, width = struct.unpack_from(">HH", content, place + 5)
                return int(width), int(height)
            place += 2 + length
    except struct.error as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
