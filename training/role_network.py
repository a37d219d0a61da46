"""The role network: upper layers and heads on the packaged encoder's lower layers, which stay as they are.

At each word: does it express a transfer, and if so what is told of it (``CLASSES``); for each such word and every
other word: which role it fills (``ROLES``). A further head marks sources, cues and contents of attributions.
"""

from __future__ import annotations

import copy
from typing import NamedTuple

import torch
from torch import nn

from network import MASKED, Network, Sizes, space, with_one
from role_examples import ATTRIBUTION, CLASSES, ROLES

SHARED_LAYERS = 2  # of the packaged encoder: read once for the parse and for the roles
ROLE_WIDTH = 128
RARE = -4.0
MARKS = 3  # outside, first word, later word


class RoleScores(NamedTuple):
    """Scores by word: trigger (n), classes (n x labels), role spaces (n x width), attribution marks (n x 3 x 3)."""

    trigger: torch.Tensor
    classes: torch.Tensor
    child: torch.Tensor
    head: torch.Tensor
    marks: torch.Tensor


class RoleNetwork(nn.Module):
    """Lower layers frozen, upper layers and heads trained."""

    def __init__(self, encoder: Network, sizes: Sizes) -> None:
        super().__init__()
        self.words, self.positions, self.shapes = encoder.words, encoder.positions, encoder.shapes
        self.kind, self.norm = encoder.kind, encoder.norm
        self.lower = encoder.layers[:SHARED_LAYERS]
        for part in (self.words, self.positions, self.shapes, self.norm, self.lower):
            part.requires_grad_(requires_grad=False)
        self.kind.requires_grad_(requires_grad=False)
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in encoder.layers[SHARED_LAYERS:])
        start = torch.zeros(3, len(self.layers) + 1)  # mixtures of layers: triggers, roles, attribution
        start[:, -1] = 3.0
        self.mix = nn.Parameter(start)
        self.drop = nn.Dropout(0.2)
        self.trigger = nn.Linear(sizes.hidden, 1)
        self.classes = nn.Linear(sizes.hidden, sum(len(labels) for labels in CLASSES.values()))
        self.role_child, self.role_head = space(sizes.hidden, ROLE_WIDTH), space(sizes.hidden, ROLE_WIDTH)
        self.role_weights = nn.Parameter(torch.randn(len(ROLES), ROLE_WIDTH + 1, ROLE_WIDTH + 1) * 0.05)
        self.marks = nn.Linear(sizes.hidden, MARKS * len(ATTRIBUTION))
        with torch.no_grad():  # most words express no transfer and fill no role: start from there
            self.trigger.bias.fill_(RARE)
            self.role_weights[:, -1, -1] = RARE

    def below(self, ids: torch.Tensor, mask: torch.Tensor, shapes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the states of the shared layers, and the attention bias that hides padding."""
        bias = (1.0 - mask[:, None, None, :].float()) * MASKED
        with torch.no_grad():
            x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.kind + self.shapes(shapes)
            x = self.norm(x)
            for layer in self.lower:
                layer.eval()
                x = layer(x, bias)
        return x, bias

    def above(self, x: torch.Tensor, bias: torch.Tensor | None, first: torch.Tensor) -> RoleScores:
        """Return the scores at each word's first piece, from the states of the shared layers."""
        where = first.unsqueeze(-1).expand(-1, -1, x.shape[-1])
        states = [torch.gather(x, 1, where)]
        for layer in self.layers:
            x = layer(x, bias)
            states.append(torch.gather(x, 1, where))
        weights = torch.softmax(self.mix, -1)
        triggers, roles, spoken = (self.drop(sum(w * s for w, s in zip(row, states, strict=True))) for row in weights)
        marks = self.marks(spoken)
        return RoleScores(
            self.trigger(triggers).squeeze(-1),
            self.classes(triggers),
            self.role_child(roles),
            self.role_head(roles),
            marks.reshape(*marks.shape[:-1], len(ATTRIBUTION), MARKS),
        )

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, shapes: torch.Tensor, first: torch.Tensor) -> RoleScores:
        """Return the scores of a batch of windows."""
        x, bias = self.below(ids, mask, shapes)
        return self.above(x, bias, first)

    def role_scores(self, child: torch.Tensor, head: torch.Tensor) -> torch.Tensor:
        """Return role scores (triggers x words x roles) for trigger states ``head`` and all words' states ``child``."""
        return torch.einsum("twi,rij,tj->twr", with_one(child), self.role_weights, with_one(head))
