"""Nothing is sent without an operator's word, and the public server's rules cannot be configured away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geomap.config import Config, NominatimConfig
from geomap.errors import ConfigError
from geomap.pipeline import load_engine
from geomap.resolution.geocoder_fallback import open_geocoder
from geomap.resolution.geocoder_permission import terms_of

ALLOWED = NominatimConfig(
    enabled=True, domain="nominatim.example.org", user_agent="Example Desk geomap (maps@example.org)"
)
PUBLIC = replace(ALLOWED, domain="nominatim.openstreetmap.org")


def test_it_is_off_unless_switched_on():
    """No server is preset."""
    assert not Config().nominatim.enabled
    assert Config().nominatim.domain == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"domain": ""}, "names no server"),
        ({"domain": "https://nominatim.example.org"}, "nominatim.domain"),
        ({"domain": "user:word@example.org"}, "nominatim.domain"),
        ({"domain": "example.org?q=1"}, "nominatim.domain"),
        ({"domain": "example.org\r\nHost: other"}, "nominatim.domain"),
        ({"user_agent": ""}, "who asks"),
        ({"user_agent": "   "}, "who asks"),
        ({"user_agent": "geomap"}, "who asks"),
        ({"user_agent": "geopy/2.5.0 (maps@example.org)"}, "who asks"),
        ({"user_agent": "python-requests/2.32 maps@example.org"}, "who asks"),
        ({"user_agent": "my-application maps@example.org"}, "who asks"),
        ({"user_agent": "Desk\r\nX: 1 maps@example.org"}, "who asks"),
        ({"country": "Iraq"}, "nominatim.country"),
        ({"language": "en; q=1"}, "nominatim.language"),
        ({"timeout_s": 0.0}, "nominatim.timeout_s"),
        ({"timeout_s": float("nan")}, "nominatim.timeout_s"),
        ({"max_requests": -1}, "nominatim.max_requests"),
        ({"min_interval_s": -1.0}, "nominatim.min_interval_s"),
        ({"never_send": "no-such-list.txt"}, "nominatim.never_send"),
        ({"domain": "nominatim.openstreetmap.org", "scheme": "http"}, "nominatim.scheme"),
    ],
)
def test_what_is_missing_or_wrong_is_one_clear_error(changes, said):
    """Each names the key and the remedy."""
    with pytest.raises(ConfigError, match=said) as caught:
        terms_of(replace(ALLOWED, **changes))
    assert caught.value.hint


def test_the_engine_does_not_open_with_half_a_permission(config):
    """The error comes before anything is read or sent."""
    half = replace(config, nominatim=replace(ALLOWED, user_agent=""))
    with pytest.raises(ConfigError):
        load_engine(half)


@pytest.mark.parametrize("domain", ["nominatim.openstreetmap.org", "NOMINATIM.openstreetmap.org.",
                                    "nominatim.openstreetmap.org:443", "nominatim.openstreetmap.org/"])  # fmt: skip
def test_the_public_server_is_never_asked_faster(domain):
    """However its name is written, and whatever is configured."""
    terms = terms_of(replace(PUBLIC, domain=domain, min_interval_s=0.0, cool_down_s=0.0))
    assert terms.interval_s >= 1.1
    assert terms.cool_down_s >= 60


def test_ones_own_server_is_asked_as_one_likes():
    """The floor is the public server's alone; asking more slowly is always allowed."""
    assert terms_of(replace(ALLOWED, min_interval_s=0.0)).interval_s == 0.0
    assert terms_of(replace(ALLOWED, min_interval_s=0.0)).server == "https://nominatim.example.org"
    assert terms_of(replace(PUBLIC, min_interval_s=5.0)).interval_s == 5.0


def test_the_list_of_names_never_sent_is_read(tmp_path):
    """One a line, remarks and blank lines left out, spelling levelled."""
    names = tmp_path / "never.txt"
    names.write_text("# sources live here\nTall Zumurrud\n\nal-Jíbb # the house\n", encoding="utf-8")
    assert terms_of(replace(ALLOWED, never_send=str(names))).withheld == {"tall zumurrud", "jibb"}


@pytest.mark.parametrize(
    "content", [b"no database, but something else altogether " * 40, b"SQLite format 3\x00" + b"x" * 99]
)
def test_a_memory_that_is_none_is_refused(content, tmp_path):
    """Another file is never overwritten."""
    file = tmp_path / "memory.sqlite"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"memory\.sqlite"):
        open_geocoder(replace(ALLOWED, cache_file=str(file)))
    assert file.read_bytes() == content


def test_a_memory_that_cannot_be_made_is_refused(tmp_path):
    """A folder that is a file."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigError, match="memory"):
        open_geocoder(replace(ALLOWED, cache_file=str(tmp_path / "file" / "memory.sqlite")))
