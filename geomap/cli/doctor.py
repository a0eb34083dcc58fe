"""``geomap doctor``: whether everything that a run needs is there and well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import click

from geomap.cli.gazetteer import SAMPLES
from geomap.cli.options import config_option, configuration, json_option, network, network_options, say
from geomap.config import Config, config_sha256
from geomap.errors import GeomapError

State = Literal["ok", "off", "FAILED"]


class Finding(NamedTuple):
    """One thing that was looked at, how it is, and what there is to say of it."""

    subject: str
    state: State
    told: str


@click.command("doctor")
@network_options
@config_option
@json_option
def command(config_file: Path | None, *, online: bool, offline: bool, as_json: bool) -> None:
    """Check the configuration, the gazetteer and the geocoder; with --online ask the geocoder how it is.

    The exit code is 1 where something is wrong.
    """
    findings = list(_examine(config_file, online=online and not offline, offline=offline))
    if as_json:
        click.echo(json.dumps([one._asdict() for one in findings], ensure_ascii=False))
    else:
        for one in findings:
            click.echo(f"{one.state:7} {one.subject:14} {one.told}")
    if any(one.state == "FAILED" for one in findings):
        raise GeomapError("not everything is well", hint="see the lines that say FAILED")


def _examine(config_file: Path | None, *, online: bool, offline: bool) -> Iterator[Finding]:
    config = configuration(config_file, **network(online=online, offline=offline))
    yield Finding("configuration", "ok", f"read, sha256 {config_sha256(config)[:16]}")
    for subject, findings in (("gazetteer", _gazetteer(config)), ("geocoder", _geocoder(config, online=online))):
        try:
            yield from findings
        except GeomapError as error:
            yield Finding(subject, "FAILED", f"{error.message}; {error.hint}".rstrip("; "))


def _gazetteer(config: Config) -> Iterator[Finding]:
    from geomap.gazetteer.locate import open_store
    from geomap.gazetteer.lookup import lookup

    with open_store(config.gazetteer, progress=say(quiet=False)) as store:
        silent = [name for name, country, _, _ in SAMPLES if not lookup(store, name, country=country, limit=1)]
        told = f"{store.meta['places']:,} places in {store.folder}"
    if silent:
        yield Finding("gazetteer", "FAILED", f"knows no {', '.join(silent)}: run `geomap gazetteer compile`")
    else:
        yield Finding("gazetteer", "ok", told)


def _geocoder(config: Config, *, online: bool) -> Iterator[Finding]:
    if not config.nominatim.enabled:
        yield Finding("geocoder", "off", "no name leaves this computer")
        return
    from geomap.resolution.geocoder_fallback import memory_of
    from geomap.resolution.geocoder_permission import terms_of

    terms = terms_of(config.nominatim)
    memory = memory_of(terms)
    memory.prepare()
    yield Finding("geocoder", "ok", f"{terms.server}, one request in {terms.interval_s:g} s or more")
    yield Finding("its memory", "ok", f"{memory.count()} answers in {memory.file}")
    yield _server(terms, memory) if online else Finding("its server", "off", "not asked without --online")


def _server(terms: Any, memory: Any) -> Finding:
    from geomap.resolution.geocoder_courtesy import ask_status

    told = ask_status(memory, terms)
    return Finding("its server", "ok", told) if isinstance(told, str) else Finding("its server", "FAILED", told.detail)
