"""Each speed part can stay out alone, with those that need it: the bytes are the same."""

from __future__ import annotations

import subprocess
import sys

from leaflets.pdf.patches.apply import SPEED_PARTS
from tests.conftest import ROOT
from tests.pdf.patches.test_other_weasyprint import HTML, STYLE

WITHOUT = """
import hashlib, os, sys
import weasyprint  # nothing that starts a thread, so that it is imported once for all
from leaflets.base.project import Project
from leaflets.html.render import Html
from leaflets.pdf.patches import apply as table
from leaflets.pdf.typesetter import Typesetter

text, style, *names = sys.argv[1:]
left_out = table.left_out
for name in names:
    child = os.fork()
    if child:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, name
        continue

    def without(parts=table.PATCHES):
        out = {name: "left out"}
        for part in parts:
            if any(needed in out for needed in part.needs):
                out[part.name] = "needs it"
        return out

    table.left_out = without
    typesetter, hashes = Typesetter(Project()), []
    for words in ("Some", "Other"):  # the second is set from the first, or anew
        trial = typesetter.lay_out_trial(Html(text.replace("Some", words), (style,)), trial if hashes else None)
        hashes.append(len(trial.pages))
    body = typesetter.write(trial.document())
    print(name, hashlib.sha256(body).hexdigest(), hashes, flush=True)
    os._exit(0)
"""


def test_each_part_may_stay_out_alone() -> None:
    command = [sys.executable, "-c", WITHOUT, HTML, STYLE, "", *SPEED_PARTS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    rows = [line.split(" ", 1) for line in done.stdout.splitlines()]
    assert [row[0] for row in rows] == ["", *SPEED_PARTS]
    assert len({row[1] for row in rows}) == 1, done.stdout
