"""What the pages of words show, as plain values."""

from dataclasses import dataclass, field

from thaw.library.lexicon import GROUPS, Lexicon, Scene, Word
from thaw.units import InputError

NONE, NOTHING = "none", "nothing"
"""Two answers that are always there: another word, and no feeling at all."""


@dataclass(frozen=True, slots=True)
class WordPage:
    """A word, those beside it, and what its group is called."""

    word: Word
    group: str
    near: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class ScenePage:
    """A scene, what was picked for it, and the scene that follows.

    Attributes:
        picked: The slug of a word, ``NONE`` or ``NOTHING``; empty while nothing was picked.
        word: What would be kept: the word that was picked, or none yet.
    """

    scene: Scene
    following: Scene
    picked: str = field(default="", repr=False)

    @property
    def word(self) -> str:
        found = (shade.word.word for shade in self.scene.shades if shade.word.slug == self.picked)
        return next(found, "")


def word_page(lexicon: Lexicon, slug: str) -> WordPage:
    """Return a word's page.

    Raises:
        AccessError: ``word.unknown``.
    """
    word = lexicon.word(slug)
    return WordPage(word, GROUPS[word.group], lexicon.near(word))


def scene_page(lexicon: Lexicon, name: str, day: int) -> ScenePage | None:
    """Return the scene that is named, or that of the day; None where there is none at all.

    Raises:
        AccessError: ``word.no_scene``.
    """
    scene = lexicon.scene(name) if name else lexicon.scene_of(day)
    return ScenePage(scene, lexicon.scene_after(scene)) if scene else None


def picked_page(lexicon: Lexicon, name: str, picked: str) -> ScenePage:
    """Return a scene with what was picked for it.

    Raises:
        AccessError: ``word.no_scene``.
        InputError: ``word.picked``: this is none of the answers.
    """
    scene = lexicon.scene(name)
    if picked not in {NONE, NOTHING, *(shade.word.slug for shade in scene.shades)}:
        raise InputError("word.picked", "Pick one of the words, or “None of these”, or “Nothing”.")
    return ScenePage(scene, lexicon.scene_after(scene), picked)
