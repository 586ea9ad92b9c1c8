"""`reportedly serve`: a case in the browser."""

import sys
from pathlib import Path

import click

from reportedly.brief import printable
from reportedly.case import Case
from reportedly.pipeline import why
from reportedly.terminal import complain, say

from .output import brief_of, ending


@click.command(short_help="Show a case in the browser.")
@click.argument("case", metavar="CASE")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port to listen on; a free one by default.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; others may read the case there."
)
@click.option("--no-open", "browse", flag_value=False, default=True, help="Do not open the browser.")
def serve(case: str, port: int, host: str, browse: bool) -> None:
    """Show a case in the browser: its questions, reports, sources and origins, to be searched and reviewed.

    Only this machine can read it, unless another host is given; then the address holds a key. The case is compared
    first where reports were added since it was."""
    from reportedly.web import app as room  # starlette and jinja2 only where they are wanted
    from reportedly.web.security import LOOPBACK

    with ending():
        with Case.open(case) as kept:
            brief_of(kept, case, hidden=False)
        if host not in LOOPBACK:
            say(case, f"warning: whoever has the whole address and can reach {printable(host)} can read and review it")

        def tell(address: str) -> None:
            print(address, flush=True)
            say(case, "can be read at this address until Ctrl-C")

        try:
            room.serve(Path(case), host, port, browse, tell)
        except OSError as e:
            complain(f"cannot listen on {printable(host)}, port {port}: {why(e)}")
            sys.exit(1)
