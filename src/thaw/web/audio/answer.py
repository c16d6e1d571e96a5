"""How a stream is answered: the whole, a range, or why not; after RFC 9110."""

from collections.abc import Mapping
from dataclasses import dataclass

from thaw.web import policy
from thaw.web.audio.ranges import Part, UnsatisfiableError, is_same, names, part_of
from thaw.web.sound import Stream


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, its headers, and which bytes follow, if any."""

    status: int
    headers: list[tuple[str, str]]
    part: Part | None


def answer_of(
    stream: Stream, method: str, headers: Mapping[str, str], file_name: str | None
) -> Answer:
    """Return what to answer for ``stream``; a range is whole or refused, never shortened."""
    etag = f'"{stream.etag.strip(chr(34))}"'
    common = [*policy.headers(), ("Accept-Ranges", "bytes"), ("ETag", etag)]
    if "if-match" in headers and not names(headers["if-match"], etag, weak=False):
        return Answer(412, [*common, ("Content-Length", "0")], None)
    if "if-none-match" in headers and names(headers["if-none-match"], etag, weak=True):
        return Answer(304, common, None)
    common.append(("Content-Type", stream.content_type))
    if file_name:
        common.append(("Content-Disposition", f'attachment; filename="{file_name}"'))
    try:
        part = _part(stream, method, headers, etag)
    except UnsatisfiableError:
        outside = [("Content-Range", f"bytes */{stream.size}"), ("Content-Length", "0")]
        return Answer(416, [*common, *outside], None)
    if part is None:
        whole = Part(0, stream.size) if method == "GET" else None
        return Answer(200, [*common, ("Content-Length", str(stream.size))], whole)
    content_range = f"bytes {part.start}-{part.stop - 1}/{stream.size}"
    length = ("Content-Length", str(part.stop - part.start))
    return Answer(206, [*common, ("Content-Range", content_range), length], part)


def _part(stream: Stream, method: str, headers: Mapping[str, str], etag: str) -> Part | None:
    """Return the range asked for; a HEAD has none, and ``If-Range`` must hold."""
    if method != "GET" or ("if-range" in headers and not is_same(headers["if-range"], etag)):
        return None
    return part_of(headers.get("range"), stream.size)
