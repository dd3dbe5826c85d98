"""The order in which the files of a folder are listed."""

import json
import os
import re
import tempfile

with tempfile.TemporaryDirectory() as folder:
    for number in range(1, 13):
        open(os.path.join(folder, f"file{number}.txt"), "w").close()
    listed = [int(re.search(r"\d+", name).group()) for name in os.listdir(folder)]

print(json.dumps({"listed": listed, "sorted": sorted(listed)}))
