"""Run every measurement and print a line for each."""

from benchmarks import allocation, chat, due, post, returns, sessions

# The workers that are measured are processes of their own, which read this page too.
if __name__ == "__main__":
    for measured in (sessions, allocation, returns, due, post, chat):
        for line in measured.measure():
            print(line, flush=True)
