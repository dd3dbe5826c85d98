"""The largest value of a column of CSV by Python's csv: the second argument is the name of the column."""

import csv
import sys

with open(sys.argv[1], newline="") as file:
    rows = csv.reader(file)
    place = next(rows).index(sys.argv[2])
    largest = ""
    value = float("-inf")
    for row in rows:
        if float(row[place]) > value:
            largest = row[place]
            value = float(largest)
print(largest)
