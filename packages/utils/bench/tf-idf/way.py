# The Python side of the benchmark: reads the text once, then a line from stdin for each run, and answers with a line.

import json
import resource
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer

file, task = sys.argv[1:3]
with open(file, "rb") as source:
    lengths = json.loads(source.readline())
    texts = [source.read(length).decode() for length in lengths]

ngrams = {"ngram_range": (1, 2)} if task == "ngrams" else {}
fitted = TfidfVectorizer().fit(texts) if task == "transform" else None

for line in sys.stdin:
    started, cpu = time.perf_counter(), time.process_time()
    matrix = fitted.transform(texts) if fitted else TfidfVectorizer(**ngrams).fit_transform(texts)
    answer = {
        "ms": 1000 * (time.perf_counter() - started),
        "cpu": 1000 * (time.process_time() - cpu),
        "entries": int(matrix.nnz),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    del matrix
    print(json.dumps(answer), flush=True)
