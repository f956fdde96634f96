"""Run every measurement and print a line for each."""

from benchmarks import allocation, returns, sessions

for measured in (sessions, allocation, returns):
    for line in measured.measure():
        print(line, flush=True)
