"""What pages need is there before anybody asks."""

import gc

from armstrace.checking import packaged_law
from armstrace.extractor import extractor_version
from armstrace.pictures.world import load_world
from armstrace.web.loaded_ahead import load_ahead


def test_what_takes_long_to_read_is_read_ahead():
    kept = (packaged_law, load_world, extractor_version)
    for one in kept:
        one.cache_clear()
    thread = load_ahead()
    try:
        thread.join(60)
        assert gc.get_freeze_count() > 100_000, "what stays is not looked through for garbage"
    finally:
        gc.unfreeze()
    assert not thread.is_alive()
    assert [one.cache_info().currsize for one in kept] == [1, 1, 1]
