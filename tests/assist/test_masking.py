"""Keys are masked before anything is sent, and come back where an answer repeats them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.assist.masking import mask

SECRET = st.from_regex(r"bioql_(live|test)_[0-9a-f]{8,24}", fullmatch=True)
CODE = st.text(st.sampled_from("ab =(),.\n\"'#\\é😀[]:"), max_size=60)


@pytest.mark.parametrize(
    "text",
    [
        'quantum("x", api_key="bioql_test_870ce7ae")',
        "quantum('x', api_key='short')",
        'api_key: str = "hunter2 with words"',
        'KEYS = {"api_key": "zzz-secret"}',
        'os.environ["BIOQL_API_KEY"] = "zzz-secret"',
        'os.getenv("BIOQL_API_KEY", "zzz-secret")',
        'password = SecretStr("zzz-secret")',
        'headers = {"Authorization": "Bearer zzz-secret"}',
        "# my key: sk-abcdefgh12345678",
        'x = "0123456789abcdef0123456789abcdef"',
        'token = """zzz-secret',
    ],
)
def test_what_looks_like_a_key_is_not_sent(text: str) -> None:
    masked = mask(text)
    for secret in (
        "bioql_test_870ce7ae",
        "'short'",
        "hunter2",
        "zzz-secret",
        "sk-abcdefgh12345678",
        "0123456789abcdef",
    ):
        assert secret not in masked.text
    assert masked.restore(masked.text) == text


@pytest.mark.parametrize(
    "text",
    [
        'quantum("Create a Bell state", backend="ibm_torino", shots=1024)',
        'quantum("dock CN1C=NC2=C1C(=O)N(C(=O)N2C)C to COX-2")',
        'run(program, api_key, "ibm_torino")',
        'sequence = "ATGCGTACGTTAGCATGCGTACGTTAGCATGCGT"',
        'tokenizer("Create a Bell state")',
        "from bioql_helpers import bioql_run",
        'api_key = ""',
    ],
)
def test_ordinary_code_is_sent_as_it_is(text: str) -> None:
    assert mask(text).text == text


@given(CODE, SECRET, CODE)
def test_a_key_in_any_surroundings_is_hidden_and_restored(
    before: str, secret: str, after: str
) -> None:
    text = f'{before}\nquantum("x", api_key="{secret}")\n{after}'
    masked = mask(text)
    assert secret not in masked.text
    assert masked.restore(masked.text) == text


@given(CODE, SECRET, CODE)
def test_offsets_outside_keys_point_to_the_same_text(before: str, secret: str, after: str) -> None:
    text = f'{before}\napi_key="{secret}"\n{after}'
    masked = mask(text)
    for offset in range(len(text) + 1):
        if not any(span.start < offset < span.end for span in masked.spans):
            at = masked.offset(offset)
            assert masked.restore(masked.text[:at]) == text[:offset]
            assert masked.restore(masked.text[at:]) == text[offset:]


def test_equal_keys_share_a_placeholder_and_other_texts_hide_them_too() -> None:
    masked = mask('a = f(api_key="bioql_live_12345678")\nb = g(api_key="bioql_live_12345678")\n')
    assert len(set(masked.placeholders)) == 1
    hidden = masked.hide("why is bioql_live_12345678 refused? and sk-otherkey99999999")
    assert "bioql_live" not in hidden
    assert "sk-other" not in hidden


def test_a_text_that_holds_a_placeholder_already_is_not_confused() -> None:
    text = 'masked_key_1_ = 1\nquantum("x", api_key="bioql_live_12345678")\n'
    masked = mask(text)
    assert masked.text.startswith("masked_key_1_ = 1\n")
    assert masked.restore(masked.text) == text
