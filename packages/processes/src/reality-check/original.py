"""CPU-bound work in Python threads and in Python processes: the post's reality check. Watch the cores while it runs.

usage: original.py threads|processes LANES

Does a unit of work on one worker, then one on each of LANES workers at once, three times over, for the speedup; then two on
every worker, to be watched. Prints the times in ms.
"""

import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import bench

if __name__ == "__main__":
    lanes = int(sys.argv[2])
    pool = {"threads": ThreadPoolExecutor, "processes": ProcessPoolExecutor}[sys.argv[1]]
    bench.measure(pool, lanes, unit_seconds=max(0.1, 0.6 / lanes), watched=2)
