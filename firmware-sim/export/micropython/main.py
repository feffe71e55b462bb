# Learns from lines of text on the console, LABEL,value,... or ?,value,... where the label is asked for; "save" keeps what was learned in a file.
import os
import sys

from @NAME@ import Learner, VALUES

FILE = "@NAME@.onward"
learner = Learner()
try:
    with open(FILE, "rb") as file:
        learner.load(file.read())
except OSError:
    pass  # the first time

print("ready,%d,%d" % (len(learner.labels()), VALUES))
for line in sys.stdin:
    try:
        if line.strip() == "save":
            with open(FILE + ".new", "wb") as file:
                file.write(learner.save())
            os.rename(FILE + ".new", FILE)  # the old one is there until then
            print("saved")
        elif line.strip():
            label, *values = line.strip().split(",")
            found, probability, familiar = learner.predict([float(value) for value in values])
            if label != "?":
                learner.learn(None, label)  # the values that it has just answered
            print(found, "%.3f" % probability, sep=",")
    except (ValueError, TypeError, OSError, MemoryError) as error:  # a full flash, too
        print("error", error, sep=",")
