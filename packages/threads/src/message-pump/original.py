"""Two threads put commands into a queue, one thread owns the state and takes them out: no lock. Prints the count."""

import json
import queue
import threading

TIMES = 10_000
CLIENTS = 2

commands = queue.Queue()
state = 0


def own():
    global state
    while (command := commands.get()) is not None:
        state += command


def send():
    for _ in range(TIMES):
        commands.put(1)


owner = threading.Thread(target=own)
clients = [threading.Thread(target=send) for _ in range(CLIENTS)]
for thread in (owner, *clients):
    thread.start()
for client in clients:
    client.join()
commands.put(None)
owner.join()

print(json.dumps({"counted": state, "expected": CLIENTS * TIMES}))
