"""Run every measurement and print a line for each."""

from benchmarks import allocation, chat, returns, sessions

for measured in (sessions, allocation, returns, chat):
    for line in measured.measure():
        print(line, flush=True)
