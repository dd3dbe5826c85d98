"""Makes the golden cases in data/golden with the scikit-learn of this Python: python3 make_golden.py, then oxfmt

Each file holds cases: a request as answer.py reads it, and what scikit-learn answered. All but rounding-avx512.json are
made with numpy's SIMD off, as its results depend on the CPU otherwise; that one needs a CPU with AVX-512.
"""

import base64
import json
import os
import subprocess
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "sklearn"))
sys.dont_write_bytecode = True

from answer import answer_all  # noqa: E402

FOLDER = os.path.join(HERE, "data", "golden")

# White space of Python and of JavaScript, letters whose decomposition is more than one, code points beyond the BMP.
TEXTS = [
    "Größe und  Straße",
    "\u00a0\u0085x\x1c\x1d y\ufeff\ufeffz \u200b\u2028\u2029end",
    "É e\u0301 ﬁne Ａ ½ ℡ ö\u0323",
    "σοφός ΣΟΦΌΣ İstanbul",
    "",
    "  ",
    "one\ttwo\n\nthree 𐐀𐐨 𐐀 a",
    "The cat sat on the the mat",
    "가나다 ガ ｶﾞ",
    "नमस्ते हिन्दी",
    "x",
]
PAIRS = ["one two", "two three three", "four", "one one one two"]


def code(data):
    return {"bytes": base64.b64encode(data).decode()}


def case(name, vectorizer="TfidfVectorizer", docs=None, others=None, **options):
    request = {"name": name, "vectorizer": vectorizer, "options": options}
    if docs is not None:
        request["docs"] = docs
    if others is not None:
        request["others"] = others
    return request


ANALYSIS = [
    *[
        case(f"{analyzer} {least} to {most}", docs=TEXTS, others=TEXTS[:4], analyzer=analyzer, ngram_range=[least, most])
        for analyzer in ("char", "char_wb")
        for least, most in ((1, 1), (1, 2), (3, 3))
    ],
    case("char, as it is", docs=TEXTS, analyzer="char", lowercase=False, ngram_range=[2, 2]),
    case("char, chosen", docs=TEXTS, analyzer="char", ngram_range=[1, 2], min_df={"count": 2}, max_df={"fraction": 0.5}),
    case("char_wb, longer than any word", docs=["a bb ccc", "bb"], analyzer="char_wb", ngram_range=[4, 7]),
    *[
        case(f"{kind} accents of {analyzer}", docs=TEXTS, analyzer=analyzer, strip_accents=kind)
        for kind in ("ascii", "unicode")
        for analyzer in ("word", "char_wb")
    ],
    case("accents by a function", docs=TEXTS, strip_accents={"function": "no vowels"}),
    case("accents, stop words and n-grams", docs=["The CAFÉ thé", "the café"], strip_accents="unicode",
         stop_words=["the"], ngram_range=[1, 2]),
    case("a preprocessor", docs=TEXTS, preprocessor={"function": "backwards"}, ngram_range=[1, 2]),
    case("a preprocessor of characters", docs=TEXTS, analyzer="char", preprocessor={"function": "backwards"}),
    case("a preprocessor of records", docs=[{"title": "One Two", "n": 1}, {"title": "two", "n": 2}],
         preprocessor={"function": "title"}),
    case("a tokenizer", docs=["a/B/c d", "b/", ""], tokenizer={"function": "by slash"}, token_pattern=None,
         stop_words=["b"], ngram_range=[1, 2]),
    case("tokens", docs=[["New York", "a", "a"], [], ["a", "", "B"]], analyzer={"function": "tokens"}),
    case("text by a function", docs=["One,two", "two", code("zwei,zwölf".encode())], analyzer={"function": "by comma"}),
    case("records by a function", docs=[{"tags": ["x", "y"], "n": 1}, {"tags": ["x"], "n": 2}],
         analyzer={"function": "tags"}, others=[{"tags": ["y", "z"], "n": 3}]),
    *[
        case(f"bytes, {errors}", docs=[code(b"a\xffb \xe2\x82 cd\xed\xa0\x80ef"), code("é \ufffd ok".encode()), "text"],
             decode_error=errors, analyzer="char")
        for errors in ("replace", "ignore")
    ],
    case("bytes of words", docs=[code("Größe".encode()), "größe two"]),
    case("bytes refused", docs=["fine", code(b"\xff\xfe")]),
    case("n-grams the wrong way round", docs=["ab"], analyzer="char", ngram_range=[3, 2]),
    case("an analyzer that is not there", docs=["ab"], analyzer="chars"),
    case("accents that are not there", docs=["ab"], strip_accents="latin"),
]

VOCABULARY = [
    case("a set", docs=PAIRS, others=["two four five"], vocabulary={"set": ["two", "one", "𐐀", "ﬁ"]}),
    case("an object", docs=PAIRS, vocabulary={"two": 0, "one": 1, "zzz": 2}),
    case("an object with a gap", docs=PAIRS, vocabulary={"two": 0, "one": 2}),
    case("an object with a column twice", docs=PAIRS, vocabulary={"two": 0, "one": 0}),
    case("counts before fit", "CountVectorizer", others=["two one two", "x"], vocabulary=["two", "one"]),
    case("an idf from elsewhere", others=["two one two", "x"], vocabulary=["two", "one"]) | {"idf": [1.5, 0.25]},
    case("an idf of the wrong length", others=["two"], vocabulary=["two", "one"]) | {"idf": [1.5]},
    case("an idf that is not used", others=["two"], vocabulary=["two"], use_idf=False) | {"idf": [1.5]},
    case("transform before fit", others=["two"]),
    case("rare and common ones pruned", docs=PAIRS, min_df={"count": 2}, max_df={"fraction": 0.5}),
    case("all but the most frequent pruned", "CountVectorizer", docs=PAIRS, max_features=2),
    case("pairs pruned", docs=PAIRS, ngram_range=[1, 2], min_df={"count": 2}),
    case("characters pruned", docs=TEXTS, analyzer="char", min_df={"count": 4}),
]

COUNTS = [
    case("counts", "CountVectorizer", docs=TEXTS, others=TEXTS[3:]),
    case("binary counts", "CountVectorizer", docs=PAIRS, binary=True, ngram_range=[1, 2]),
    case("counts of characters", "CountVectorizer", docs=TEXTS, analyzer="char_wb", ngram_range=[2, 3]),
    case("float32", docs=TEXTS, others=TEXTS[:3], dtype="float32", sublinear_tf=True),
    case("float32, l1, no idf", docs=PAIRS, dtype="float32", norm="l1", use_idf=False),
]

HASHING = [
    case("hashed", "HashingVectorizer", docs=TEXTS),
    case("into few columns", "HashingVectorizer", docs=[*TEXTS, *PAIRS, " ".join(f"w{n}" for n in range(60))],
         n_features=7),
    case("into one column", "HashingVectorizer", docs=["one two three four", "five"], n_features=1),
    case("into as many as there can be", "HashingVectorizer", docs=PAIRS, n_features=2**31 - 2),
    case("into more than there can be", "HashingVectorizer", docs=PAIRS, n_features=2**31 - 1),
    case("without signs, l1", "HashingVectorizer", docs=TEXTS, n_features=64, alternate_sign=False, norm="l1"),
    case("l1 with signs", "HashingVectorizer", docs=TEXTS, n_features=16, norm="l1", analyzer="char"),
    case("binary", "HashingVectorizer", docs=[" ".join(f"w{n}" for n in range(40))], n_features=8, binary=True),
    case("without a norm", "HashingVectorizer", docs=TEXTS, n_features=32, norm=None, ngram_range=[1, 2]),
    case("float32", "HashingVectorizer", docs=PAIRS, n_features=4, dtype="float32"),
    case("no column", "HashingVectorizer", docs=PAIRS, n_features=0),
]

WARNINGS = [
    case("capitals in the vocabulary", docs=["ab"], vocabulary=["ab", "Éa"]),
    case("capitals that can be found", docs=["Ab"], vocabulary=["Ab"], lowercase=False),
    case("stop words that become others", docs=["we'll see"], stop_words=["we'll", "see", "The"]),
    case("stop words that stay", docs=["the end"], stop_words=["the"]),
    case("stop words and accents", docs=["déjà vu"], stop_words=["déjà"], strip_accents="unicode"),
    case("stop words of characters", docs=["ab"], analyzer="char", stop_words=["the"]),
    case("a pattern of characters", docs=["ab"], analyzer="char_wb", token_pattern="[a-z]+"),
    case("a tokenizer of characters", docs=["ab"], analyzer="char", tokenizer={"function": "by slash"}, token_pattern=None),
    case("a preprocessor of a function", docs=["ab"], analyzer={"function": "by comma"},
         preprocessor={"function": "backwards"}),
    case("n-grams of a function", docs=["ab"], analyzer={"function": "by comma"}, ngram_range=[1, 2]),
    case("nothing to say", docs=["the end"], stop_words="english"),
]

# The norm of the first row is a sum of 200 squares that are equal but for one: their errors go the same way, so that a
# logarithm that differs by one unit in the last place is far off in the end.
ROUNDING = [
    case("200 distinct words", docs=[" ".join(["zz"] * 18 + [f"w{n:03}" for n in range(200)]), *["zz"] * 18]),
    case("300 distinct words, l1", docs=[" ".join(f"w{n:03}" for n in range(300)), *["w000"] * 6], norm="l1"),
]


def murmur():
    from sklearn.utils.murmurhash import murmurhash3_bytes_s32

    terms = ["", "a", "ab", "abc", "abcd", "abcde", "the quick brown fox", "größe", "世界", "𐐀", "\0", "\xff" * 9]
    return [{"term": term, "hash": murmurhash3_bytes_s32(term.encode(), 0)} for term in terms]


def combining():
    """All code points with a combining class, as ranges."""
    ranges = []
    for point in range(0x110000):
        if unicodedata.combining(chr(point)) == 0:
            continue
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return {"unicode": unicodedata.unidata_version, "ranges": ranges}


def write(name, value):
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=True, separators=(",", ":"))
        file.write("\n")


def write_cases(name, requests, simd=False):
    answered = answer_all(requests, simd)
    cases = [{"request": request, "answer": reply} for request, reply in zip(requests, answered["answers"])]
    write(name, {"versions": answered["versions"], "cases": cases})


if __name__ == "__main__":
    if "--simd" in sys.argv:
        write_cases("rounding-avx512.json", ROUNDING, simd=True)
        sys.exit()
    write_cases("analysis.json", ANALYSIS)
    write_cases("vocabulary.json", VOCABULARY)
    write_cases("counts.json", COUNTS)
    write_cases("hashing.json", HASHING)
    write_cases("warnings.json", WARNINGS)
    write_cases("rounding.json", ROUNDING)
    write("murmur.json", murmur())
    write("combining.json", combining())
    # numpy chooses its kernels once a process.
    environment = {name: value for name, value in os.environ.items() if name != "NPY_DISABLE_CPU_FEATURES"}
    subprocess.run([sys.executable, __file__, "--simd"], check=True, env=environment)
