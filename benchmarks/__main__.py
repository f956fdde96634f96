"""Run every measurement and print a line for each."""

from benchmarks import sessions

for line in sessions.measure():
    print(line)
