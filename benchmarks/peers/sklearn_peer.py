"""scikit-learn's MLPClassifier, one sample at a time through partial_fit. Arguments: task file, rate. A line on stdin is a turn, as in serve.ts."""
import json
import sys
import time

import numpy as np
from sklearn.neural_network import MLPClassifier

path, rate = sys.argv[1], float(sys.argv[2])
header = np.fromfile(path, np.int32, 16)
inputs, labels, samples, block, layers = (int(value) for value in header[:5])
x = np.fromfile(path, np.float32, samples * inputs, offset=64).reshape(samples, inputs)
y = np.fromfile(path, np.int32, samples, offset=64 + 4 * samples * inputs)
classes = np.arange(labels)


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


before = resident()
print("ready", flush=True)
for _ in sys.stdin:
    net = MLPClassifier(tuple(int(units) for units in header[5 : 5 + layers]), solver="sgd", learning_rate_init=rate, momentum=0, alpha=0, batch_size=1, random_state=1)
    net.partial_fit(x[:1], y[:1], classes)  # it cannot answer before
    learning = predicting = 0.0
    correct = 0
    began, had = time.perf_counter(), time.process_time()
    for start in range(0, samples, block):
        rows = range(start, min(start + block, samples))
        begin = time.perf_counter()
        for s in rows:
            correct += int(net.predict(x[s : s + 1])[0] == y[s])
        half = time.perf_counter()
        for s in rows:
            net.partial_fit(x[s : s + 1], y[s : s + 1])
        predicting += half - begin
        learning += time.perf_counter() - half
    # on a busy machine only this share of the time was ours
    share = min(1, (time.process_time() - had) / (time.perf_counter() - began))
    answer = {"learn": share * learning / samples, "predict": share * predicting / samples, "accuracy": correct / samples, "bytes": resident() - before, "grown": True}
    print(json.dumps(answer), flush=True)
