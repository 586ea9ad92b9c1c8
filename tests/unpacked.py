"""What lies in the bytes of a container, for the tests of formats."""

from reportedly.ingest import (
    Budget,
    Ingested,
    IngestError,
    Limits,
    Linked,
    Member,
    Passed,
    Refused,
    read_member,
    unpack,
)

Found = Ingested | Passed | Refused | Linked


def all_in(data: bytes, limits: Limits, column: str | None = None) -> list[Found]:
    """What lies in a container, each document read."""
    budget = Budget(limits, column)
    return [read(one, limits) if isinstance(one, Member) else one for one in unpack(Member.of(data, "a"), budget)]


def read(member: Member, limits: Limits) -> Ingested | Refused:
    """The document of a member, or why there is none. Whatever else is raised is a fault, and comes through."""
    try:
        return read_member(member, limits)
    except IngestError as e:
        return Refused(file=member.file, member=member.name, reason=str(e))
