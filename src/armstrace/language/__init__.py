"""Words, tags, lemmas, parse and names of English sentences, by the packaged model."""

from armstrace.language.load import Language, load_language
from armstrace.language.roles import SentenceRoles
from armstrace.language.sentence import Sentence, Token

__all__ = ["Language", "Sentence", "SentenceRoles", "Token", "load_language"]
