"""Bad requests of every kind: the right status in the right order, in our shape, free."""

import json
import re
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest

from bioql_lsp.wire import BODY_BYTES_MAX, ErrorEnvelope
from tests.support.fake_engine import SECRET_TEXT
from tests.worker.support import Customer, WorkerProcess

JSON = {"Content-Type": "application/json"}
GOOD = {"instruction": "bell"}
TOO_LONG = json.dumps({"instruction": "bell" * BODY_BYTES_MAX})


def refusal(response: httpx.Response) -> tuple[int, str]:
    error = ErrorEnvelope.model_validate(response.json()).error
    assert error.request_id == response.headers["x-request-id"]
    return response.status_code, error.code


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"instruction": "a", "instruction": "b"}',
        b'{"instruction": NaN}',
        b'{"instruction": -Infinity}',
        b"[" * 100_000,
        b'{"a":' * 40_000,
        b'{"instruction": "\xff"}',
        b'{"instruction": "\\ud800"}',
        b"\xef\xbb\xbf{}",
        b'{"max_tokens": ' + b"9" * 5000 + b"}",
        b'{"instruction": "bell"} trailing',
    ],
)
def test_what_is_not_strict_json_is_400(customer: Customer, body: bytes) -> None:
    response = customer.http.post("/v1/generate", content=body, headers=JSON)
    assert refusal(response) == (400, "not_json")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_media_type_is_400(customer: Customer, media_type: str) -> None:
    response = customer.http.post(
        "/v1/generate", content=json.dumps(GOOD), headers={"Content-Type": media_type}
    )
    assert refusal(response) == (400, "not_json")


def test_json_with_a_charset_is_read(customer: Customer) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    response = customer.http.post("/v1/generate", content=json.dumps(GOOD), headers=headers)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "bearer x",
        "Bearer wrong",
        "Basic dXNlcjpwYXNz",
        "Bearer bioql_live_" + "0" * 36,
        "Bearer bioql_test_870ce7ae",
        "Bearer " + "x" * 5000,
    ],
)
def test_no_good_key_is_401(url: str, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    response = httpx.post(f"{url}/v1/generate", json=GOOD, headers=headers)
    assert refusal(response) == (401, "unauthorized")
    assert response.headers["www-authenticate"] == "Bearer"


def test_a_key_that_is_not_text_is_401(url: str) -> None:
    headers = {b"Authorization": b"Bearer \xff\xfe"}
    assert httpx.post(f"{url}/v1/generate", json=GOOD, headers=headers).status_code == 401


def test_a_revoked_key_is_401(customer: Customer) -> None:
    customer.ledger.revoke_key(customer.key)
    assert refusal(customer.generate("bell")) == (401, "unauthorized")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/generate", []),
        ("/v1/generate", None),
        ("/v1/generate", {}),
        ("/v1/generate", {"instruction": ""}),
        ("/v1/generate", {"instruction": 5}),
        ("/v1/generate", {"instruction": "a", "unknown": 1}),
        ("/v1/generate", {"instruction": "a", "max_tokens": 0}),
        ("/v1/generate", {"instruction": "a", "max_tokens": 2049}),
        ("/v1/generate", {"instruction": "a", "temperature": 2.1}),
        ("/v1/generate", {"instruction": "a", "temperature": 10**400}),
        ("/v1/generate", {"instruction": "a", "seed": -1}),
        ("/v1/generate", {"instruction": "a", "context": "ab", "insert_at": 3}),
        ("/v1/complete", {"suffix": "x"}),
        ("/v1/fix", {"code": ""}),
        ("/v1/fix", {"code": "abc", "start": 2, "end": 1}),
        ("/v1/fix", {"code": "abc", "start": 0, "end": 4}),
        ("/v1/void", {"id": "short"}),
    ],
)
def test_wrong_fields_are_422(customer: Customer, path: str, body: object) -> None:
    response = customer.http.post(path, content=json.dumps(body), headers=JSON)
    assert refusal(response) == (422, "invalid_request")


def test_an_error_names_the_field_and_not_what_was_in_it(customer: Customer) -> None:
    response = customer.generate("bell", context={"secret": "my-secret-code"})
    assert "context" in response.json()["error"]["message"]
    assert "my-secret" not in response.text


@pytest.mark.parametrize("version", ["", "9.9.9", "7.0.1\n", "../../etc/passwd"])
def test_an_unknown_version_is_422_with_the_known_ones(customer: Customer, version: str) -> None:
    response = customer.generate("bell", bioql_version=version)
    assert refusal(response) == (422, "unknown_bioql_version")
    assert "7.0.1" in response.json()["error"]["message"]


@pytest.mark.parametrize("request_id", ["short", "x" * 129, "with space", "sch\xf6n-ist-das"])
def test_a_malformed_request_id_is_422(customer: Customer, request_id: str) -> None:
    headers = {b"Idempotency-Key": request_id.encode("latin-1")}
    response = customer.http.post("/v1/generate", json=GOOD, headers=headers)
    assert refusal(response) == (422, "invalid_request")


def test_a_long_body_is_413_before_anything_else(url: str) -> None:
    response = httpx.post(f"{url}/v1/generate", content=TOO_LONG)
    assert refusal(response) == (413, "too_large")


def test_a_long_body_in_chunks_is_413(url: str) -> None:
    chunks = (b"x" * 65_536 for _ in range(8))
    assert refusal(httpx.post(f"{url}/v1/generate", content=chunks)) == (413, "too_large")


def test_a_body_of_exactly_the_limit_is_read(customer: Customer) -> None:
    frame = len(json.dumps({"instruction": ""}))
    body = json.dumps({"instruction": "bell".ljust(BODY_BYTES_MAX - frame)})
    response = customer.http.post("/v1/generate", content=body, headers=JSON)
    assert len(body) == BODY_BYTES_MAX
    assert response.status_code == 200
    assert response.json()["finish"] == "stop"


def test_the_checks_come_in_their_order(add_customer: Callable[..., Customer], url: str) -> None:
    """Each request has every fault from its own on; the first one is answered."""
    poor = add_customer(topup=None, tier="free")
    anonymous = f"{url}/v1/generate"
    assert httpx.post(anonymous, content="{" * (BODY_BYTES_MAX + 1)).status_code == 413
    assert httpx.post(anonymous, content="{").status_code == 400
    assert httpx.post(anonymous, json={}).status_code == 401
    assert poor.post("/v1/generate", {}).status_code == 422
    rich = add_customer(tier="free")
    statuses = [rich.generate("bell", "the-first-id").status_code]
    statuses += [rich.generate("bell").status_code for _ in range(10)]
    assert statuses == [200] * 10 + [429]
    assert rich.generate("other", "the-first-id").status_code == 409
    assert poor.generate("bell").status_code == 402


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("POST", "/v1/nowhere", 404),
        ("GET", "/", 405),
        ("GET", "/v1/generate", 405),
        ("DELETE", "/v1/account", 405),
        ("PUT", "/healthz", 405),
    ],
)
def test_what_is_not_served_says_so_in_our_shape(
    url: str, method: str, path: str, status: int
) -> None:
    assert refusal(httpx.request(method, url + path))[0] == status


def test_a_foreign_host_is_refused(customer: Customer) -> None:
    response = customer.http.get("/v1/account", headers={"Host": "evil.example"})
    assert refusal(response) == (403, "foreign_host")


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://127.0.0.1"])
def test_any_origin_is_refused(customer: Customer, origin: str) -> None:
    response = customer.http.post("/v1/generate", json=GOOD, headers={"Origin": origin})
    assert refusal(response) == (403, "origin_refused")


def test_health_and_readiness_need_no_key(url: str, worker: WorkerProcess) -> None:
    health = httpx.get(f"{url}/healthz")
    assert health.json() == {"status": "ok", "version": "0.1.0", "pid": worker.process.pid}
    assert httpx.get(f"{url}/readyz").json() == {"status": "ready"}
    assert "x-request-id" in health.headers


def test_the_contract_is_published(url: str) -> None:
    paths = httpx.get(f"{url}/openapi.json").json()["paths"]
    assert {"/v1/complete", "/v1/generate", "/v1/fix", "/v1/void", "/v1/account", "/"} <= set(paths)


def exchange(url: str, sent: bytes) -> bytes:
    """Send raw bytes, and read until the worker hangs up."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while chunk := connection.recv(65_536):
            received += chunk
    return received


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_bytes_that_are_no_request_are_answered_in_our_shape(url: str, sent: bytes) -> None:
    head, _, body = exchange(url, sent).partition(b"\r\n\r\n")
    assert head.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))
    error = ErrorEnvelope.model_validate_json(body).error
    assert f"x-request-id: {error.request_id}".encode() in head.lower()


def test_a_body_cut_short_is_no_request_that_runs(customer: Customer, url: str) -> None:
    head = (
        "POST /v1/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {customer.key}\r\nContent-Length: 500\r\n\r\n"
    )
    exchange(url, head.encode() + b'{"instruction": "bell"}')
    assert customer.spent_nano_usd() == 0


def test_a_url_with_odd_bytes_is_just_not_found(url: str) -> None:
    for path in ("/%ff%00", "/v1/%2e%2e/x", "/" + "a" * 8000):
        assert httpx.get(url + path).status_code == 404


def test_the_log_has_a_json_line_for_each_request_and_no_secrets(
    customer: Customer, worker: WorkerProcess
) -> None:
    customer.generate("my-secret-prompt [crash]", "a-logged-request")
    customer.generate("my-secret-prompt", context="my_secret_code = 1\n")
    customer.http.get("/v1/account", params={"api_key": customer.key})
    customer.http.get(f"/{customer.key}")
    log = worker.log()
    lines = [json.loads(line) for line in log.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    (line,) = [line for line in requests if line["request_id"] == "a-logged-request"]
    assert (line["path"], line["status"]) == ("/v1/generate", 500)
    assert not re.search(r"my.secret|Traceback", log)
    assert customer.key not in log
    assert SECRET_TEXT not in log


def test_an_api_key_is_no_request_id_and_is_not_shown(customer: Customer) -> None:
    by_id = customer.generate("bell", customer.key)
    assert (by_id.status_code, by_id.json()["error"]["code"]) == (422, "invalid_request")
    by_field = customer.post("/v1/generate", {"instruction": "bell", customer.key: 1})
    assert by_field.status_code == 422
    for response in (by_id, by_field):
        assert customer.key not in response.text + str(response.headers)
