"""Every file of a folder renamed to a pattern by a loop of four lines, on files some of which are called so already.

`os.rename` replaces in silence on Linux and macOS; on Windows it raises FileExistsError.
"""

import json
import os
import tempfile

NAMES = ["draft.txt"] + [f"file{n}.txt" for n in range(9)]

with tempfile.TemporaryDirectory() as folder:
    for name in NAMES:
        with open(os.path.join(folder, name), "w") as file:
            file.write(name)

    raised = None
    try:
        for i, name in enumerate(sorted(os.listdir(folder))):
            os.rename(os.path.join(folder, name), os.path.join(folder, f"file{i}.txt"))
    except FileExistsError as error:
        raised = type(error).__name__

    print(json.dumps({"lost": len(NAMES) - len(os.listdir(folder)), "raised": raised}))
