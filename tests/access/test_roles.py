"""Every service under every role: exactly those of the role pass the gate."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path

import pytest

from avrr_desktop import services
from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import PERMISSIONS, Permission, allows
from avrr_desktop.paths import Paths
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register

ROOT = Path(services.__path__[0])
# What anybody may do, or what asks for itself; everything else stands behind the gate.
OPEN = {
    "access.entries.note_entry",  # a line about oneself
    "access.entries.note_exit",
    "access.users.change_own_password",  # needs the password
    "closing.frozen.freeze",  # part of a closing
    "demo.bulk.load",  # invented people only
    "demo.write.enter",
    "demo.write.enter_told",
    "demo.write.word_written",  # how many invented people
    "lists.orders.order_of",  # parts of a page of a list
    "lists.orders.order_of_first",
    "lists.rows.read_rows",
    "declarations.events_of",  # counts only
    "past.past",  # a connection for the engine
    "past.sequence_at",
    "past_moments.check_moment",
    "proof.consent.withheld_of",  # part of a proof pack
    "summary_notes.definitions_of",
    "summary_text.summary_text",  # words for figures already counted
    "summary_text.years_said",
    "summary_view.document",
    "bulletin.build.build_bulletin",
    "closing.corrections.waiting",  # inside the transaction of a decision
    "closing.corrections.decide",
    "closing.corrections.note_corrections",
    "closing.corrections.refuse_all",
    "exchange.sealed_list.check_list_password",  # part of an export
    "undoing.last_batch",
    "undoing.last_undo",
    "closing.padlocks.closed_periods",  # which semesters bear a padlock
    "closing.padlocks.padlocks",
    "restricted.shown_to",  # the gate of a field
    "restricted.withheld_from",
    "restricted.written_by",
    "records.Records.undoable",  # the actor's own last act
    "records.Records.redoable",
    "records.Records.was_undone",  # yes or no, about an act one has just done
    # What somebody just did is noted whatever they may do.
    "audit.note",
    "audit.note_export",
    "audit.note_protected",
    "audit.note_shown",
    "audit.note_view",
    "audit.note_within",
    "bulletin.export.note_bulletin",
    "history.change_of",
    "history.changes_shown",
}
ASKS_ITSELF = {  # the permission is asked inside: with the arguments
    "access.users.users": Permission.USERS,
    "access.users.add_user": Permission.USERS,
    "access.users.change_user": Permission.USERS,
    "access.users.reset_password": Permission.USERS,
    "access.users.revoke_user": Permission.USERS,
    "access.users.renew_recovery_key": Permission.USERS,
    "access.rotation.rotate_key": Permission.USERS,
}


@dataclass(frozen=True, slots=True)
class Service:
    name: str
    run: Callable[..., object]
    permission: Permission


def _declared() -> Iterator[tuple[str, Callable[..., object]]]:
    for path in sorted(ROOT.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and _asks(node):
                loaded = import_module(f"avrr_desktop.services.{module}")
                yield f"{module}.{node.name}", getattr(loaded, node.name)
            elif isinstance(node, ast.ClassDef) and node.name == "Records":
                for method in node.body:
                    if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                        yield f"{module}.Records.{method.name}", getattr(Records, method.name)


def _asks(node: ast.FunctionDef) -> bool:
    arguments = {a.arg for a in (*node.args.args, *node.args.kwonlyargs)}
    return not node.name.startswith("_") and bool(arguments & {"register", "actor"})


def _services() -> list[Service]:
    found = []
    for name, run in _declared():
        permission = getattr(run, "permission", ASKS_ITSELF.get(name))
        if permission is not None:
            found.append(Service(name, run, permission))
    return found


def _is_about_a_file(run: Callable[..., object]) -> bool:
    """``register`` is then a path: services of the header know no register."""
    annotated = signature(run).parameters.get("register")
    return annotated is not None and "Path" in str(annotated.annotation)


def test_every_service_stands_behind_the_gate() -> None:
    loose = {
        name
        for name, run in _declared()
        if name not in OPEN
        and name not in ASKS_ITSELF
        and not hasattr(run, "permission")
        and not _is_about_a_file(run)
    }
    assert not loose


def test_what_is_listed_as_open_is_there() -> None:
    names = {name for name, _ in _declared()}
    assert not (OPEN | set(ASKS_ITSELF)) - names


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("service", _services(), ids=lambda service: service.name)
def test_exactly_the_allowed_services_pass(service: Service, role: Role, opened: Register) -> None:
    actor = Actor("somebody", "Somebody", role)
    opened.actor = actor
    given: dict[str, object] = {"register": opened, "actor": actor, "self": Records(opened)}
    wanted = signature(service.run).parameters
    arguments = {
        name: given.get(name)
        for name, parameter in wanted.items()
        if name in given or parameter.default is Parameter.empty
        if parameter.kind is not Parameter.VAR_POSITIONAL
    }
    refused = False
    try:
        service.run(**arguments)
    except UserError as error:
        refused = error.code == "not_allowed"
    except Exception:  # noqa: BLE001 (arguments that mean nothing fail behind the gate)
        refused = False
    assert refused is (service.permission not in PERMISSIONS[role])


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder = tmp_path_factory.mktemp("roles")
    made = create_register(
        Paths(folder / "data", Path("resources").resolve()),
        FixedClock(datetime(2023, 7, 5, tzinfo=UTC)),
        is_demo=True,
    )
    yield made
    made.close()


def test_an_actor_handed_over_cannot_do_more_than_who_is_at_the_desk(opened: Register) -> None:
    opened.actor = Actor("reader", "Lectrice", Role.READER)
    with pytest.raises(UserError, match="not_allowed"):
        Records(opened).delete(Actor("x", "X", Role.ADMINISTRATOR), "person", "a" * 32, "double")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("granted", [False, True])
def test_restricted_notes_are_given_by_user_to_who_sees_names(role: Role, granted: bool) -> None:
    expected = granted and role is not Role.READER
    assert allows(Actor("x", "X", role, granted), Permission.RESTRICTED) is expected
