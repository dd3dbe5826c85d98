"""Times numpy.max over the doubles of the benchmark: a line in asks for a run, a line out has its ms and its result."""

import sys
import time

import numpy

length = int(sys.argv[1])
values = numpy.random.default_rng(1).random(length)
values[int(sys.argv[2])] = 2.0
print("ready", numpy.__version__, flush=True)
for _line in sys.stdin:
    start = time.perf_counter()
    largest = values.max()
    took = time.perf_counter() - start
    print(took * 1_000, float(largest), flush=True)
