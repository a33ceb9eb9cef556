"""An index as bytes and back."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.analysis.api.storage import (
    FORMAT,
    BadIndexError,
    compress,
    decode,
    decompress,
    encode,
)

MODULES = st.dictionaries(
    st.text(min_size=1),
    st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.lists(st.text())),
)


@given(MODULES)
def test_what_is_encoded_is_decoded_and_encodes_to_the_same_bytes(modules):
    index = {"format": FORMAT, "version": "1", "modules": modules}
    data = encode(index)
    read = decode(data)
    assert dict(read["modules"]) == modules
    assert encode(read) == data
    assert gzip.decompress(data).decode() == decompress(data)


@given(st.binary())
def test_bytes_that_are_no_index_are_refused(data):
    with pytest.raises(BadIndexError):
        decode(data)


@given(st.integers(min_value=0, max_value=200))
def test_an_index_that_was_cut_off_is_refused(length):
    data = encode({"format": FORMAT, "modules": {f"m{n}": {"names": {}} for n in range(200)}})
    with pytest.raises(BadIndexError):
        decode(data[: min(length, len(data) - 1)])


@pytest.mark.parametrize(
    "header",
    [
        [],
        "text",
        3,
        None,
        {},
        {"modules": 3, "format": FORMAT},
        {"modules": ["a"], "format": FORMAT},
        {"modules": [], "format": FORMAT + 1},
        {"modules": [], "format": FORMAT - 1},
        {"modules": [3], "format": FORMAT},
    ],
)
def test_a_header_that_does_not_fit_is_refused(header):
    with pytest.raises(BadIndexError):
        decode(compress(json.dumps(header)))


def test_a_bomb_in_place_of_an_index_is_refused():
    with pytest.raises(BadIndexError, match="too large"):
        decode(gzip.compress(b"0" * (80 * 1024 * 1024)))


def test_a_damaged_module_leaves_the_others_readable():
    text = json.dumps({"format": FORMAT, "modules": ["a", "b"]})
    modules = decode(compress(f'{text}\n{{"names"\n{{"names":{{}}}}'))["modules"]
    assert "error" in modules["a"]
    assert modules["b"] == {"names": {}}
