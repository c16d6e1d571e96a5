"""What to offer next: a person's state in, a suggestion and its reasons out.

Pure: the moment is an argument, and the same state gives the same suggestion.
"""

from thaw.guide.guardrail import Guard, in_force
from thaw.guide.state import State
from thaw.guide.suggest import Suggestion, suggest
from thaw.guide.unwelcome import asks_unwelcome

__all__ = ["Guard", "State", "Suggestion", "asks_unwelcome", "in_force", "suggest"]
