"""Batches on a real Ray: two nodes of one processor each, as processes of this machine."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb", reason="the extra archive is not installed")
ray = pytest.importorskip("ray", reason="the extra ray is not installed")

from ray.cluster_utils import Cluster  # noqa: E402

from reportedly.batch import check  # noqa: E402
from tests.test_batch import EACH, inputs, kill_whoever_reads, run, tables, whole  # noqa: E402

__all__ = ["inputs", "whole"]  # fixtures
pytestmark = pytest.mark.filterwarnings("default")  # Ray has some of its own
STORE = 80_000_000  # bytes: as little as Ray takes


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes, and this process connected to them."""
    made: Any = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": STORE})
    made.add_node(num_cpus=1, object_store_memory=STORE)
    ray.init(address=made.address, log_to_driver=False, logging_level="error")
    yield made
    ray.shutdown()
    made.shutdown()


def test_ray_gives_the_same_tables(cluster: Any, whole: Path, inputs: list[str], tmp_path: Path) -> None:
    manifest = run(inputs, tmp_path / "out", workers=2, engine="ray")
    assert manifest.state == "done" and manifest.engine == "ray"
    assert tables(tmp_path / "out") == tables(whole) and list(check(tmp_path / "out")) == []


@pytest.mark.parametrize("times", [1, 2])
def test_a_process_that_is_killed_loses_its_shard_at_most(
    times: int, cluster: Any, whole: Path, inputs: list[str], tmp_path: Path
) -> None:
    out, ended = tmp_path / "out", threading.Event()
    killer = threading.Thread(target=kill_whoever_reads, args=(out, "000002", times, ended))
    killer.start()
    try:
        manifest = run(inputs, out, workers=2, engine="ray")
    finally:
        ended.set()
        killer.join()
    assert [lost.shard[:6] for lost in manifest.lost] == ["000002"] * (times == 2)
    if times == 2:
        assert "2 times" in manifest.lost[0].reason and not manifest.complete
        assert run(inputs, out, workers=2, engine="ray", resume=True).state == "done"
    assert tables(out) == tables(whole) and list(check(out)) == []


def test_after_the_driver_is_killed_it_goes_on(cluster: Any, whole: Path, inputs: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    script = (
        "import sys; from reportedly.batch import batch, plan; from reportedly import Limits, Ways; plan.SMALL = 100;"
        "batch(sys.argv[3:], sys.argv[1], ways=Ways(limits=Limits(bytes=20_000)), engine='ray', address=sys.argv[2],"
        f"workers=2, shard_documents={EACH})"
    )
    driver = subprocess.Popen([sys.executable, "-c", script, str(out), cluster.address, *inputs])
    deadline = time.monotonic() + 120
    while not list(out.glob("shards/*.json")) and time.monotonic() < deadline:
        time.sleep(0.005)
    driver.kill()
    driver.wait()
    finished = set(out.glob("shards/*.json"))
    assert finished
    before = {p: p.stat().st_mtime_ns for p in finished}
    assert run(inputs, out, workers=2, engine="ray", resume=True).state == "done"
    assert {p: p.stat().st_mtime_ns for p in before} == before
    assert tables(out) == tables(whole) and list(check(out)) == []
