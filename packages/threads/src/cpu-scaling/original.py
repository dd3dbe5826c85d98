"""CPU-bound work in Python threads: the post's comparison.

usage: original.py LANES

Does a unit of work on one thread, then one on each of LANES threads, three times over. Prints the times in ms.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import bench

if __name__ == "__main__":
    bench.measure(ThreadPoolExecutor, int(sys.argv[1]))
