"""Passwords from `random`: the Mersenne Twister gives its state away in 624 numbers of 32 bits.

Each number is a word of the state, mixed by steps that can be undone. (Matsumoto and Nishimura, "Mersenne Twister", 1998.)
"""

import json
import random
from collections import Counter


def undo_right(value, shift):
    result = value
    for _ in range(32 // shift):
        result = value ^ (result >> shift)
    return result


def undo_left(value, shift, mask):
    result = value
    for _ in range(32 // shift):
        result = value ^ ((result << shift) & mask)
    return result


def word_of_state(number):
    number = undo_right(number, 18)
    number = undo_left(number, 15, 0xEFC60000)
    number = undo_left(number, 7, 0x9D2C5680)
    return undo_right(number, 11)


seen = [random.getrandbits(32) for _ in range(624)]
twin = random.Random()
twin.setstate((3, tuple(word_of_state(number) for number in seen) + (624,), None))
foretold = sum(twin.getrandbits(32) == random.getrandbits(32) for _ in range(200))

bytes_for_letter = Counter(byte % 62 for byte in range(256))
fewest = min(bytes_for_letter.values())

print(json.dumps({"foretold": foretold, "biased": sum(count > fewest for count in bytes_for_letter.values())}))
