"""Where the sound and the words of a sitting are found."""

from django.urls import reverse

from thaw.web.sit.sittings import Revision, Sitting
from thaw.web.sound import Container

TYPES: dict[Container, str] = {"mp4": "audio/mp4; codecs=opus", "mp3": "audio/mpeg"}
"""What the player is offered, in the order it should try (docs/adr)."""

DOWNLOADS: dict[Container, str] = {
    "mp3": "MP3, for almost everything",
    "mp4": "MP4, for phones and browsers",
    "opus": "Opus, small and clear",
    "wav": "WAV, for editing",
}


def audio_url(sitting: Sitting, revision: Revision, container: Container) -> str:
    return reverse("audio", args=[sitting.id, revision.number, container])


def after_url(sitting: Sitting) -> str:
    """Return where one goes once a sitting is over."""
    return f"/after/{sitting.sat_id}"


def sources_of(sitting: Sitting, revision: Revision) -> list[dict[str, str]]:
    return [
        {"src": audio_url(sitting, revision, container), "type": kind}
        for container, kind in TYPES.items()
    ]
