"""A transfer before the law: one finding for every regime, the gravest first.

Of measures that can concern no party one sentence (``concerned``); else parties (``targets``), items and terms
(``items``), days (``times``), who is bound (``bounds``), exemptions (``exemptions``), the stage reached (``acts``) ->
every entry judged (``judging``) -> findings (``assembling``).
"""

from __future__ import annotations

from armstrace.embargo.assembling import assemble, sort_findings
from armstrace.embargo.concerned import concern_of, unconcerned
from armstrace.embargo.findings import Finding, Question
from armstrace.embargo.judging import judge
from armstrace.embargo.law import Law


def check_transfer(question: Question, law: Law) -> tuple[Finding, ...]:
    """Return exactly one finding for each measure of ``law``, outside ones too, the gravest first.

    Within a regime the entry with the gravest verdict decides; where the days asked for straddle a change of the law,
    or are not known, the verdict depends and every period is a case.
    """
    concern = concern_of(question)
    return sort_findings(
        assemble(measure, judge(measure, question, law), question)
        if concern.of(law, measure)
        else unconcerned(measure, concern, law)
        for measure in law.measures
    )
