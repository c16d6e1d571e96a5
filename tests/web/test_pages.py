"""Every page: what it answers, what it carries, and how it says what went wrong."""

import logging
import re

import pytest
from django.test import Client, RequestFactory

from tests.fakes.sounding import FakeSound
from tests.web.conftest import let_in, new_visitor
from thaw.web import policy
from thaw.web.errors import error_page
from thaw.web.house import House
from thaw.web.person import cookie_name

PAGES = [
    "/",
    "/first",
    "/library",
    "/library/five-things",
    "/library/five-things/text",
    "/help",
    "/leave",
]
JSON = {"Accept": "application/json"}


def directives(header: str) -> set[str]:
    return {directive.strip() for directive in header.split(";")}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_and_keeps_to_the_policy(seated: Client, path: str) -> None:
    answer = seated.get(path)
    assert answer.status_code == 200
    assert directives(answer["Content-Security-Policy"]) == directives(policy.policy_text())
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_policy_is_the_one_of_the_design() -> None:
    assert policy.policy_text() == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
        "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types thaw"
    )


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_a_page_stands_in_the_way_of_the_policy(seated: Client, path: str) -> None:
    page = seated.get(path).content.decode()
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", page)
    assert not re.search(r"<style|<script(?![^>]*\b(src|application/json))", page)
    assert not re.search(r'(?:src|action)="(?:https?:)?//|<link[^>]+href="(?:https?:)?//', page)


@pytest.mark.parametrize("path", PAGES)
def test_a_link_out_tells_nobody_where_it_came_from(seated: Client, path: str) -> None:
    page = seated.get(path).content.decode()
    for link in re.findall(r'<a[^>]+href="(?:https?:)?//[^>]*>', page):
        assert 'rel="noopener noreferrer"' in link
        assert 'referrerpolicy="no-referrer"' in link


@pytest.mark.parametrize("path", [*PAGES, "/no-such-page"])
def test_help_and_the_way_out_are_on_every_page(seated: Client, path: str) -> None:
    page = seated.get(path).content.decode()
    if path != "/leave":
        assert 'href="/help"' in page
        assert 'href="/leave"' in page
        assert "findahelpline.com" in page


def test_every_address_answers_each_method_as_it_should(seated: Client) -> None:
    sitting = begin(seated)
    reading = {"/", "/library/five-things", "/library/five-things/plan.json"}
    reading |= {"/help", "/leave", sitting, f"{sitting}/1.vtt", f"{sitting}/1.txt"}
    writing = {"/library/five-things/sit", f"{sitting}/end", f"{sitting}/close"}
    writing |= {f"{sitting}/audible"}
    both = {"/library", "/library/five-things/voicing"}
    for path in reading | writing | both:
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
            answer = seated.generic(method, path, headers=JSON)
            allowed = {
                "GET": path in reading | both,
                "HEAD": path in reading | both,
                "POST": path in writing | both,
            }.get(method, False)
            assert (answer.status_code != 405) == allowed, (method, path, answer.status_code)
            assert answer.status_code < 500
            assert "Content-Security-Policy" in answer
            assert answer["Cache-Control"] == "private, no-store"


def begin(seated: Client, **choices: str) -> str:
    """Begin a sitting with words on the screen and return its address."""
    answer = seated.post("/library/five-things/sit", {"voice": "none", **choices})
    assert answer.status_code == 303, answer.content.decode()[:2000]
    return answer["Location"]


def sentence_of(page: bytes) -> str:
    """Return what an error page says."""
    found = re.search(r"<main id=\"main\".*?</main>", page.decode(), re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>|\s+", " ", found[0])


def test_an_unknown_page_is_a_calm_404(seated: Client) -> None:
    answer = seated.get("/no-such-page")
    assert answer.status_code == 404
    assert "There is no page here." in sentence_of(answer.content)


def test_an_unknown_practice_names_the_nearest(seated: Client) -> None:
    answer = seated.get("/library/five-thing")
    assert answer.status_code == 404
    assert "five-things" in sentence_of(answer.content)
    for path in ("plan.json", "voicing"):
        told = seated.get(f"/library/five-thing/{path}")
        assert told.status_code == 404
        assert told.json()["error"]["code"] == "practice.unknown"
        assert "five-things" in told.json()["error"]["message"]


@pytest.mark.parametrize("name", ["..", "../secret", "/etc/passwd", "five-things.md", "%2e%2e%2f"])
def test_no_address_leads_to_a_file_elsewhere(seated: Client, name: str) -> None:
    assert seated.get(f"/library/{name}").status_code == 404


def test_a_name_that_is_not_ours_is_refused(house: House) -> None:
    del house
    for host in ("evil.example", "localhost.evil.example", "192.0.2.1", "localhost:8427@evil"):
        answer = Client(headers={"Host": host}).get("/library")
        assert answer.status_code == 400
        assert "Content-Security-Policy" in answer


def test_an_unreadable_request_is_a_calm_400(seated: Client) -> None:
    too_much = {f"avoid{number}": "x" for number in range(200)}
    answer = seated.post("/library/five-things/sit", too_much)
    assert answer.status_code == 400
    assert "could not be read" in sentence_of(answer.content)


def test_a_form_from_elsewhere_is_refused_with_a_sentence(house: House) -> None:
    seated = let_in(house, new_visitor(checks_forms=True))
    answer = seated.post("/library/five-things/sit", {"voice": "none"})
    assert answer.status_code == 403
    assert "Load the page again" in sentence_of(answer.content)
    told = seated.post("/library/five-things/sit", {"voice": "none"}, headers=JSON)
    assert told.status_code == 403
    assert told.json()["error"]["code"] == "request.not_from_here"


def test_a_form_of_our_own_page_is_taken(house: House) -> None:
    seated = let_in(house, new_visitor(checks_forms=True))
    page = seated.get("/library/five-things").content.decode()
    found = re.search(r'<meta name="csrf" content="([^"]+)"', page)
    assert found
    fields = {"voice": "none", "csrfmiddlewaretoken": found[1]}
    for origin, status in [("http://localhost", 303), ("http://evil.example", 403), ("null", 403)]:
        answer = seated.post("/library/five-things/sit", fields, headers={"Origin": origin})
        assert answer.status_code == status, origin


def test_a_browser_in_which_nobody_was_let_in_gets_no_cookie_of_a_session(visitor: Client) -> None:
    for path in ("/", "/library", "/help", "/leave", "/unlock", "/no-such-page"):
        assert set(visitor.get(path).cookies) <= {"thaw_csrf"}
    assert visitor.get("/help").cookies["thaw_csrf"]["samesite"] == "Lax"


@pytest.mark.parametrize("value", ["", "short", "x" * 43, "x" * 42 + "é", "'" * 43])
def test_a_cookie_that_we_never_gave_opens_nothing(
    visitor: Client, house: House, value: str
) -> None:
    visitor.cookies[cookie_name(house.data)] = value
    assert visitor.get("/library").status_code == 401


def test_static_files_are_kept_for_long_and_by_anyone_of_this_origin(seated: Client) -> None:
    found = re.search(r'href="(/static/dist/app-[^"]+\.css)"', seated.get("/").content.decode())
    assert found
    answer = seated.get(found[1])
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer
    assert "Content-Security-Policy" in answer
    assert not answer.cookies
    answer.close()


def test_a_page_that_breaks_says_so_and_tells_no_secret(
    seated: Client, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    class BrokenSound(FakeSound):
        def advice(self) -> str:
            raise RuntimeError("private words")

    house.sound = BrokenSound()
    seated.raise_request_exception = False
    with caplog.at_level(logging.INFO):
        answer = seated.get("/library/five-things?seed=123")
        told = seated.get("/library/five-things", headers=JSON)
    assert answer.status_code == 500
    assert "it is not your doing" in sentence_of(answer.content)
    assert "Content-Security-Policy" in answer
    assert told.json()["error"]["code"] == "page.failed"
    said = "\n".join(record.getMessage() for record in caplog.records if record.name == "thaw.web")
    assert "RuntimeError at web/" in said
    for secret in ("private words", "seed=123", "five-things"):
        assert secret not in said
        assert secret not in answer.content.decode()


def test_what_was_written_is_given_back_where_nothing_can_be_kept(house: House) -> None:
    del house
    wrote = {"text": "Only <here> so far."}

    def page(method: str, status: int) -> str:
        request = getattr(RequestFactory(), method)("/write/notes/x", wrote, host="localhost")
        request.seat = None
        return error_page(request, status, "Not kept.").content.decode()

    assert "Only &lt;here&gt; so far.</textarea>" in page("post", 503)
    assert "Only" not in page("post", 403)
    assert "Only" not in page("get", 503)
