"""Words, tags, lemmas, parse and names of English sentences, by the packaged model."""

from armstrace.language.load import Language, load_language
from armstrace.language.sentence import Sentence, Token

__all__ = ["Language", "Sentence", "Token", "load_language"]
