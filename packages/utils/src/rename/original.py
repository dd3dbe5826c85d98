"""Renames every file of a folder to a pattern with a counter, as the post does, and counts the files that are left.

Argument: the number of files, two thirds of which bear names of the pattern already. Prints one JSON object.
"""

import json
import os
import sys
import tempfile

files = int(sys.argv[1])
numbered = files * 2 // 3

with tempfile.TemporaryDirectory() as folder:
    for n in range(1, files + 1):
        name = f"photo-{n}.jpg" if n <= numbered else f"new-{n}.jpg"
        with open(os.path.join(folder, name), "w") as file:
            file.write(f"photo {n}")

    refused = None
    try:
        for count, name in enumerate(os.listdir(folder), start=1):
            os.rename(os.path.join(folder, name), os.path.join(folder, f"photo-{count}.jpg"))
    except OSError as error:  # Windows refuses a name that is taken; a file that was overwritten before its turn is missing
        refused = type(error).__name__

    contents = set()
    for name in os.listdir(folder):
        with open(os.path.join(folder, name)) as file:
            contents.add(file.read())

print(json.dumps({"files": files, "lost": files - len(contents), "refused": refused}))
