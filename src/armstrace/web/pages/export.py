"""What the pages of register and transfer show, as a file in a format of the field."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from armstrace.export.formats import options_of
from armstrace.exporting import Choice
from armstrace.registering import find_transfer_ids
from armstrace.web.current import UNTIL_DONE
from armstrace.web.desk import Desk
from armstrace.web.sent_exports import Exports, Wish, asked_format
from armstrace.web.views.register_form import Asked, query_of, read_asked

router = APIRouter(include_in_schema=False)


@router.get("/export/{name}")
def send_export(request: Request, name: str) -> Response:
    """Return the lines that a page shows: all that its address asks for, or one ``transfer``; ``set`` as the API's.

    Raises:
        HTTPException: there is no such format or transfer, or what is asked for cannot be read.
    """
    desk: Desk = request.app.state.desk
    exports: Exports = request.app.state.exports
    told = request.query_params
    form = asked_format(name, is_of_one=bool(told.get("transfer")))
    options = options_of(form, told["set"].split(";") if told.get("set") else ())
    asked = read_asked(told.multi_items(), desk.names)
    if asked.problems:
        raise HTTPException(400, "; ".join(f"{name}: {problem}" for name, problem in asked.problems.items()))
    desk.current.stand(UNTIL_DONE)
    transfer = _find_transfer(desk, told["transfer"]) if told.get("transfer") else None
    query = query_of(asked, desk.names)
    choice = Choice(transfer=transfer, as_of=asked.words.get("as_of"), query=query)
    words = {"transfer": transfer} if transfer else _words(asked)
    return exports.answer(request, desk, Wish(form, choice, words, dict(options)))


def _words(asked: Asked) -> dict[str, str]:
    told = {name: words for name, words in asked.words.items() if name != "as_of"}
    return {**told, **{kind: ", ".join(answers) for kind, answers in asked.chosen.items()}}


def _find_transfer(desk: Desk, asked: str) -> str:
    found = find_transfer_ids(desk.store, asked) if asked.isprintable() else ()
    if len(found) != 1:
        raise HTTPException(404, "no one transfer of the register has this id; its page has the links")
    return found[0]
