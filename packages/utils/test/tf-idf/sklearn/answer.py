"""Answers requests by scikit-learn, for the golden cases and for the tests that have it at hand.

    answer.py FILE    FILE: {"simd": bool, "requests": [...]}; prints {"versions": ..., "answers": [...]},
                      or {"missing": true} where this Python has no scikit-learn

A request names a vectorizer, its options as scikit-learn calls them, and documents. What JSON has no word for is an object
with one key: {"count": 2} and {"fraction": 0.5} for an integer and a float, {"bytes": "base64"}, {"function": NAME},
{"set": [...]}.
"""

import base64
import json
import os
import sys
import unicodedata
import warnings

# Kernels that numpy picks by the CPU. Their logarithm differs from the C library's in the last place.
SIMD = "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR ASIMDHP ASIMDFHM"

FUNCTIONS = {
    "tokens": lambda tokens: tokens,
    "tags": lambda record: record["tags"],
    "by comma": lambda text: text.split(","),
    "by slash": lambda text: text.split("/"),
    "backwards": lambda text: text[::-1],
    "title": lambda record: record["title"],
    "no vowels": lambda text: "".join(c for c in text if c not in "aeiou"),
}


def plain(value):
    if isinstance(value, list):
        return [plain(one) for one in value]
    if not isinstance(value, dict) or len(value) != 1:
        return value
    ((key, inner),) = value.items()
    if key == "bytes":
        return base64.b64decode(inner)
    if key == "function":
        return FUNCTIONS[inner]
    if key == "set":
        return set(inner)
    return inner if key in ("count", "fraction") else value


def options_of(request):
    options = {name: plain(value) for name, value in request["options"].items()}
    if "ngram_range" in options:
        options["ngram_range"] = tuple(options["ngram_range"])
    if "dtype" in options:
        import numpy

        options["dtype"] = getattr(numpy, options["dtype"])
    return options


def rows_of(matrix):
    matrix.sort_indices()
    return {
        "shape": list(matrix.shape),
        "indptr": matrix.indptr.tolist(),
        "indices": matrix.indices.tolist(),
        "data": matrix.data.tolist(),
    }


def answer(request):
    from sklearn.feature_extraction import text

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = vectorize(getattr(text, request["vectorizer"]), request)
        except Exception as error:
            result = {"error": type(error).__name__, "message": str(error)}
    messages = [str(one.message) for one in caught if one.category is UserWarning]
    return {**result, **({"warnings": messages} if messages else {})}


def vectorize(kind, request):
    vectorizer = kind(**options_of(request))
    result = {}
    if "idf" in request:
        vectorizer.idf_ = request["idf"]
    if "docs" in request:
        result["matrix"] = rows_of(vectorizer.fit_transform(plain(request["docs"])))
    if "others" in request:
        result["others"] = rows_of(vectorizer.transform(plain(request["others"])))
    if hasattr(vectorizer, "get_feature_names_out"):
        result["terms"] = vectorizer.get_feature_names_out().tolist()
    if hasattr(vectorizer, "stop_words_"):
        result["pruned"] = sorted(vectorizer.stop_words_)
    if hasattr(vectorizer, "_tfidf") and vectorizer.use_idf:
        result["idf"] = vectorizer.idf_.tolist()
    return result


def answer_all(requests, simd):
    if not simd:
        os.environ["NPY_DISABLE_CPU_FEATURES"] = SIMD  # before numpy is imported
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import numpy
        import sklearn
    try:
        from numpy.core._multiarray_umath import __cpu_features__ as features
    except ImportError:
        features = {}
    versions = {
        "sklearn": sklearn.__version__,
        "numpy": numpy.__version__,
        "python": sys.version.split()[0],
        "unicode": unicodedata.unidata_version,
        "avx512": bool(features.get("AVX512_SKX")),
    }
    return {"versions": versions, "answers": [answer(request) for request in requests]}


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        asked = json.load(file)
    try:
        print(json.dumps(answer_all(asked["requests"], asked["simd"])))
    except ModuleNotFoundError:
        print(json.dumps({"missing": True}))
