"""Run every measurement and print a line for each."""

from benchmarks import returns, sessions

for measured in (sessions, returns):
    for line in measured.measure():
        print(line, flush=True)
