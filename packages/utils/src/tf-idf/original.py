# The post's own half: TF-IDF by scikit-learn, of the Brown Corpus in the folder that is named. Prints one JSON object with
# the fingerprints of its result, or that scikit-learn is not there.

import hashlib
import json
import os
import re
import sys
import time

try:
    from sklearn import __version__
    from sklearn.feature_extraction.text import TfidfVectorizer
except ImportError:
    print(json.dumps({"missing": True}))
    sys.exit()

folder = sys.argv[1]
names = sorted(name for name in os.listdir(folder) if re.fullmatch(r"c[a-r]\d\d", name))
texts = [re.sub(r"/[^\s/]+(?=\s|$)", "", open(os.path.join(folder, name), encoding="utf-8").read()) for name in names]

started = time.perf_counter()
vectorizer = TfidfVectorizer()
matrix = vectorizer.fit_transform(texts)
seconds = time.perf_counter() - started
matrix.sort_indices()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


print(
    json.dumps(
        {
            "version": __version__,
            "megabytesPerSecond": sum(len(text.encode()) for text in texts) / 1e6 / seconds,
            "vocabulary": sha256("\n".join(vectorizer.get_feature_names_out()).encode()),
            "indptr": sha256(matrix.indptr.astype("<u4").tobytes()),
            "indices": sha256(matrix.indices.astype("<i4").tobytes()),
            "sum": float(matrix.data.sum()),
        }
    )
)
