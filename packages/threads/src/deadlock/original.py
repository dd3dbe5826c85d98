"""Two threads take two locks in opposite order. A time limit ends what would otherwise last for ever.

Prints how many threads got both locks, and how many were still waiting when the time was over.
"""

import json
import threading

TIME_LIMIT = 0.2  # seconds

locks = [threading.Lock(), threading.Lock()]
both_hold_one = threading.Barrier(2)
both_tried = threading.Barrier(2)
got_both = []


def take_both(first, second):
    with first:
        both_hold_one.wait()
        got = second.acquire(timeout=TIME_LIMIT)
        got_both.append(got)
        both_tried.wait()
        if got:
            second.release()


threads = [threading.Thread(target=take_both, args=order) for order in (locks, locks[::-1])]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print(json.dumps({"both": sum(got_both), "stuck": len(got_both) - sum(got_both), "seconds": TIME_LIMIT}))
