// Learns from the serial monitor: a label's number and the values, separated by spaces or commas, one sample a line.
#include "learner.h"

extern "C" void onward_trap(int code) {
  Serial.print("onward trap ");
  Serial.println(code);
  for (;;) {}
}

void setup() {
  Serial.begin(115200);
  onward_init();
}

void loop() {
  if (!Serial.available()) return;
  const int label = Serial.parseInt();
  float *x = onward_x();
  for (int i = 0; i < ONWARD_VALUES; i++) x[i] = Serial.parseFloat();
  while (Serial.available() && Serial.peek() < ' ') Serial.read();
  const int answer = onward_predict(x);
  Serial.print(onward_labels[answer]);
  Serial.print(", ");
  Serial.print((onward_probability(answer) * 100L + 16384) >> 15);
  Serial.println(" % sure");
  onward_learn(0, label);
}
