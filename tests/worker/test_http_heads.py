"""What the head of a request may be, and what may not be smuggled in with it."""

from __future__ import annotations

import json

import httpx
import pytest

from bioql_lsp.wire import BODY_BYTES_MAX
from bioql_lsp.worker.heads import HEAD_BYTES_MAX, HEADERS_MAX, REQUEST_LINE_BYTES_MAX
from tests.worker.http_raw import connect, exchange, only_reply, received, replies, request
from tests.worker.support import Customer

BODY = json.dumps({"instruction": "bell"}).encode()


def post(customer: Customer, *headers: str, body: bytes = BODY, version: str = "HTTP/1.1") -> bytes:
    common = (f"Authorization: Bearer {customer.key}", "Content-Type: application/json")
    return request("POST", "/v1/generate", *common, *headers, body=body, version=version)


def length_of(body: bytes) -> str:
    return f"Content-Length: {len(body)}"


def chunked(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))


def test_a_first_line_may_be_so_long_and_no_longer(url: str) -> None:
    rest = len("GET / HTTP/1.1\r\n")
    longest = "/" + "a" * (REQUEST_LINE_BYTES_MAX - rest)
    assert only_reply(url, request("GET", longest)).refusal() == (404, "not_found")
    assert only_reply(url, request("GET", longest + "a")).refusal() == (414, "url_too_long")


@pytest.mark.parametrize("end", [b"", b" HTTP/1.1\r\n\r\n"])
def test_a_first_line_without_end_is_414(url: str, end: bytes) -> None:
    endless = b"GET /" + b"a" * 300_000 + end
    assert only_reply(url, endless).refusal() == (414, "url_too_long")


def test_headers_may_be_so_many_and_no_more(url: str) -> None:
    headers = [f"X-{number}: 1" for number in range(HEADERS_MAX - 2)]
    assert only_reply(url, request("GET", "/healthz", *headers)).status == 200
    more = request("GET", "/healthz", *headers, "X-More: 1")
    assert only_reply(url, more).refusal() == (431, "headers_too_large")


def test_headers_may_be_so_long_and_no_longer(url: str) -> None:
    rest = len(request("GET", "/healthz", "X-Long: "))
    most = "a" * (HEAD_BYTES_MAX - rest + len("\r\n"))
    assert only_reply(url, request("GET", "/healthz", f"X-Long: {most}")).status == 200
    longer = request("GET", "/healthz", f"X-Long: {most}a")
    assert only_reply(url, longer).refusal() == (431, "headers_too_large")


@pytest.mark.parametrize("end", [b"", b"\r\n\r\n"])
def test_headers_without_end_are_431(url: str, end: bytes) -> None:
    endless = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 3_000_000 + end
    assert only_reply(url, endless).refusal() == (431, "headers_too_large")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (request(version="HTTP/2.0"), 505),
        (request(version="HTTP/0.9"), 505),
        (request("POST", "/", "Transfer-Encoding: gzip, chunked"), 501),
        (request("POST", "/", "Transfer-Encoding: xchunked"), 501),
        (request("POST", "/", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"), 501),
        (request("POST", "/", "Transfer-Encoding: chunked", version="HTTP/1.0"), 400),
        (request("POST", "/", "Transfer-Encoding: chunked", "Content-Length: 5"), 400),
        (request("POST", "/", "Content-Length: 5", "Transfer-Encoding: chunked"), 400),
        (request("POST", "/", "Transfer-Encoding : chunked"), 400),
        (request("POST", "/", "Content-Length: 5", "Content-Length: 6"), 400),
        (request("POST", "/", "Content-Length: 5, 6"), 400),
        (request("POST", "/", "Content-Length: +5"), 400),
        (request("POST", "/", "Content-Length: 0x5"), 400),
        (request("POST", "/", f"Content-Length: {'9' * 40}"), 400),
        (request("GET", "/healthz", "X: a\x00b"), 400),
        (b"GET /healthz HTTP/1.1\r\n folded: first\r\nHost: localhost\r\n\r\n", 400),
        (request("GET", "/healthz", "no colon"), 400),
        (request("GET", "healthz"), 400),
        (request("GET", "http://"), 400),
        (request("GET", "http://user:word@localhost/healthz"), 400),
        (request("GET", "ftp://localhost/healthz"), 400),
        (request("GET", "/health z"), 400),
        (b"GET /healthz HTTP/1.1\r\n\r\n", 400),
        (b"GET /healthz\r\n\r\n", 400),
        (b"\x00" * 64, 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ],
)
def test_what_has_no_meaning_or_two_is_refused(url: str, sent: bytes, status: int) -> None:
    assert only_reply(url, sent).refusal() == (status, "not_http")


def test_after_a_refusal_nothing_is_served(customer: Customer, url: str) -> None:
    """What stands behind a request with two lengths is not another request."""
    both = (length_of(b"0\r\n\r\n"), "Transfer-Encoding: chunked")
    inner = post(customer, length_of(BODY))
    sent = request("POST", "/v1/generate", *both, body=b"0\r\n\r\n" + inner, is_last=False)
    assert only_reply(url, sent).refusal() == (400, "not_http")
    assert customer.spent_nano_usd() == 0


def test_a_head_sent_for_no_body_is_answered_without_one(url: str) -> None:
    """HEAD: the length of what GET would give, and nothing more on the line."""
    for target in ("/healthz", "/readyz", "/openapi.json", "/nowhere"):
        whole = only_reply(url, request("GET", target))
        head = exchange(url, request("HEAD", target))
        assert head.endswith(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 %d " % whole.status)
        assert f"content-length: {len(whole.body)}".encode() in head
    refused = exchange(url, request("HEAD", "/" + "a" * 10_000))
    assert refused.startswith(b"HTTP/1.1 414 ")
    assert refused.endswith(b"\r\n\r\n")
    assert httpx.head(f"{url}/v1/account").status_code == 401


def test_a_whole_url_is_served_and_its_host_is_the_one_that_counts(url: str) -> None:
    assert (
        only_reply(url, request("GET", "http://localhost/healthz", host="evil.example")).status
        == 200
    )
    assert only_reply(url, request("GET", "HTTP://localhost:1/healthz?a=b")).status == 200
    foreign = request("GET", "http://evil.example/healthz", host="localhost")
    assert only_reply(url, foreign).refusal() == (403, "foreign_host")
    assert only_reply(url, request("GET", "http://localhost?a")).refusal()[0] == 405
    assert only_reply(url, request("OPTIONS", "*")).refusal() == (404, "not_found")


def test_other_protocols_are_not_switched_to(customer: Customer, url: str) -> None:
    upgrade = ("Connection: Upgrade, close", "Upgrade: websocket", "Sec-WebSocket-Version: 13")
    key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
    assert only_reply(url, request("GET", "/healthz", *upgrade, key, is_last=False)).status == 200
    assert only_reply(url, request("CONNECT", "localhost:80")).refusal()[0] == 404
    http2 = ("Connection: Upgrade, HTTP2-Settings, close", "Upgrade: h2c", "HTTP2-Settings: AAM")
    assert only_reply(url, request("GET", "/healthz", *http2, is_last=False)).status == 200


def test_http_1_0_is_answered_and_hung_up_on(customer: Customer, url: str) -> None:
    sent = request(version="HTTP/1.0", is_last=False)
    assert only_reply(url, sent).headers["connection"] == "close"
    body = json.dumps({"instruction": "bell", "stream": True}).encode()
    reply = only_reply(url, post(customer, length_of(body), body=body, version="HTTP/1.0"))
    assert "transfer-encoding" not in reply.headers
    assert reply.body.count(b"event: answer\n") == 1


def test_a_body_may_come_in_chunks(customer: Customer, url: str) -> None:
    body = chunked(*(BODY[i : i + 3] for i in range(0, len(BODY), 3)))
    reply = only_reply(url, post(customer, "Transfer-Encoding: chunked", body=body))
    assert reply.json()["finish"] == "stop"


@pytest.mark.parametrize(
    "body",
    [b"zz\r\n", b"-5\r\nhello\r\n", b"5\r\nhello!!\r\n0\r\n\r\n", b"5 " + b"x" * 40_000],
)
def test_a_body_whose_chunks_make_no_sense_is_not_served(
    customer: Customer, url: str, body: bytes
) -> None:
    sent = post(customer, "Transfer-Encoding: chunked", body=body)
    assert only_reply(url, sent).refusal() == (400, "not_http")
    assert customer.spent_nano_usd() == 0


def test_requests_on_one_connection_are_answered_in_their_order(
    customer: Customer, url: str
) -> None:
    first = request("GET", "/healthz", is_last=False)
    refused = request("POST", "/v1/generate", length_of(b"{"), body=b"{", is_last=False)
    sent = first + refused + post(customer, length_of(BODY)).replace(b"close", b"keep-alive")
    answers = list(replies(exchange(url, sent + request("GET", "/nowhere"))))
    assert [answer.status for answer in answers] == [200, 400, 200, 404]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 4
    assert answers[2].json()["finish"] == "stop"


def test_who_asks_first_whether_to_send_is_told(customer: Customer, url: str) -> None:
    head = post(customer, length_of(BODY), "Expect: 100-continue", body=b"")
    with connect(url) as connection:
        connection.sendall(head)
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(BODY)
        (reply,) = replies(received(connection))
    assert reply.json()["finish"] == "stop"


def test_who_asks_to_send_too_much_is_refused_before(customer: Customer, url: str) -> None:
    length = f"Content-Length: {BODY_BYTES_MAX + 1}"
    sent = post(customer, length, "Expect: 100-continue", body=b"")
    raw = exchange(url, sent)
    assert not raw.startswith(b"HTTP/1.1 100")
    (reply,) = replies(raw)
    assert reply.refusal() == (413, "too_large")
    assert reply.headers["connection"] == "close"


def test_a_slash_at_the_end_is_another_path(url: str) -> None:
    assert httpx.get(f"{url}/v1/account/").status_code == 404


def test_a_nul_in_a_text_is_a_character(customer: Customer) -> None:
    answer = customer.generate("bell \x00", context="x = '\x00'\n").json()
    assert answer["finish"] in ("stop", "withheld")
