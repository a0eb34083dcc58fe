"""Configuration: every key documented, unknown keys refused, precedence kept."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from geomap.config import Config, config_sha256, dotted_keys, load_config
from geomap.errors import ConfigError

ROOT = Path(__file__).parents[2]


def test_the_shipped_file_is_the_defaults_and_lists_every_key():
    """config.yaml at the top level holds every key with its default and a comment."""
    assert load_config(file=ROOT / "config.yaml", environment={}) == Config()
    data = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    given = {f"{s}.{k}" for s, keys in data.items() if isinstance(keys, dict) for k in keys}
    wanted = {".".join(key.split(".")[:2]) for key in dotted_keys()}
    assert given == wanted
    lines = (ROOT / "config.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("  ") and line[2] != " " and "#" not in line] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("readng: {}", "reading"),
        ("reading: {timeout: 3}", "timeout_s"),
        ("reading: {timeout_s: fast}", "float"),
        ("map: {language: fr}", "en, ar"),
        ("toponyms: {demonyms: 1}", "bool"),
        ("- a list", "compare"),
        ("reading: [", "compare"),
        ("schema: geomap.config/9", "geomap.config/1"),
    ],
)
def test_a_wrong_file_names_the_key_and_the_remedy(tmp_path, text, said):
    """Each mistake is one clear error."""
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(file=file, environment={})
    assert said in caught.value.hint


def test_precedence_is_flag_environment_file_default(tmp_path):
    """Each layer wins over the one below."""
    file = tmp_path / "own.yaml"
    file.write_text("reading: {timeout_s: 3, max_redirects: 1}", encoding="utf-8")
    environment = {"GEOMAP_READING_TIMEOUT_S": "4", "GEOMAP_CONFIG": str(file)}
    config = load_config(environment=environment, overrides={"reading.timeout_s": 5.0}, folder=tmp_path)
    assert (config.reading.timeout_s, config.reading.max_redirects) == (5.0, 1)
    assert load_config(environment=environment, folder=tmp_path).reading.timeout_s == 4.0
    assert load_config(file=file, environment={}).reading.timeout_s == 3.0


def test_an_unknown_variable_is_refused():
    """A typo in the environment does not pass silently."""
    with pytest.raises(ConfigError, match="GEOMAP_READNG_TIMEOUT_S"):
        load_config(environment={"GEOMAP_READNG_TIMEOUT_S": "4"})


def test_another_tools_config_yaml_is_left_alone(tmp_path):
    """A config.yaml in the working folder is read only if it carries geomap's schema line."""
    (tmp_path / "config.yaml").write_text("jekyll: true", encoding="utf-8")
    assert load_config(environment={}, folder=tmp_path) == Config()
    (tmp_path / "config.yaml").write_text("schema: geomap.config/1\nmap: {language: ar}", encoding="utf-8")
    assert load_config(environment={}, folder=tmp_path).map.language == "ar"


def test_the_hash_ignores_where_stores_live_and_nothing_else():
    """Two machines with the same settings share a hash; a threshold changes it."""
    base = config_sha256(Config())
    assert config_sha256(load_config(environment={"GEOMAP_GAZETTEER_FOLDER": "/elsewhere"})) == base
    assert config_sha256(load_config(environment={"GEOMAP_RESOLUTION_MIN_SCORE": "0.9"})) != base
