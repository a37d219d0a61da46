"""What each feature of a window weighs, and the sum from which on a text passes; fitted, and kept as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import fsum

import yaml

from armstrace.errors import LexiconError

FILE = "weights.yml"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of features, none below nothing; what is not in it weighs nothing."""

    threshold: float
    features: Mapping[str, float]

    def sum_of(self, features: set[str]) -> float:
        """Return what the features of one window weigh together, exactly: in whatever order a set gives them."""
        weights = self.features
        return fsum([weights[one] for one in features if one in weights])


@cache
def load_weights() -> Weights:
    """Return the packaged weights; read once.

    Raises:
        LexiconError: the file is missing or is not such a table.
    """
    try:
        data = yaml.safe_load(files(__package__).joinpath(FILE).read_text("utf-8"))
        weights = Weights(float(data["threshold"]), {str(name): float(one) for name, one in data["features"].items()})
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise LexiconError(f"relevance/{FILE} is damaged ({error}): install armstrace again") from error
    if any(weight < 0 for weight in weights.features.values()):
        raise LexiconError(f"relevance/{FILE}: a weight is below 0; write it with evaluation/fit_relevance.py")
    return weights
