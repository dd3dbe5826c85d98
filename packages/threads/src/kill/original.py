"""A thread in an endless loop: what can the main thread do about it?

Prints as JSON which ways of ending it the thread offers, and whether it is alive after a join with a time limit.
"""

import json
import threading


def loop():
    while True:
        pass


thread = threading.Thread(target=loop, daemon=True)
thread.start()
thread.join(0.3)
ways = [name for name in ("terminate", "kill", "interrupt", "cancel", "stop") if hasattr(thread, name)]
print(json.dumps({"ways": ways, "alive": thread.is_alive()}), flush=True)
