"""How data flows between modules: through the module's name live, through `from ... import` as a copy of the reference.

A thread sees the state of the module, a new process starts it afresh.
"""

import json
import os
import subprocess
import sys
import threading

import original_state
from original_state import total

for _ in range(3):
    original_state.visit()

seen = []
thread = threading.Thread(target=lambda: seen.append(original_state.total))
thread.start()
thread.join()

answer = subprocess.run(
    [sys.executable, "-B", "-c", "import original_state; print(original_state.total)"],
    cwd=os.path.dirname(os.path.abspath(__file__)),
    stdin=subprocess.DEVNULL,
    stdout=subprocess.PIPE,
    check=True,
)

print(json.dumps({"live": original_state.total, "copied": total, "thread": seen[0], "process": int(answer.stdout)}))
