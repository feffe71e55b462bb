// Learns from lines of text over the serial monitor; lines.h says what a line is.
#include <Arduino.h>

#include "lines.h"

void onward_trap(int code) {
  Serial.print("onward trap ");
  Serial.println(code);
  for (;;) {}
}

void onward_line_put(char byte) { Serial.write(byte); }

// Nothing is kept here: "snapshot" gives what was learned to the serial monitor. With an SD card or FRAM, let onward_save write to it and return 0.
int onward_line_save() { return 1; }

void setup() {
  Serial.begin(115200);
  onward_init();
  onward_line_ready();
}

void loop() {
  while (Serial.available() > 0) onward_line((char)Serial.read());
}
