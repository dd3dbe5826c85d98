"""CPU-bound work in Python processes: the post's comparison.

usage: original.py LANES

Does a unit of work in one process, then one in each of LANES processes, three times over. Prints the times in ms.
"""

import sys
from concurrent.futures import ProcessPoolExecutor

import bench

if __name__ == "__main__":
    bench.measure(ProcessPoolExecutor, int(sys.argv[1]))
