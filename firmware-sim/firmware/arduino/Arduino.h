/* Of Arduino what an exported sketch asks for: over rp2040.c for simulated boards (arduino.cpp). */
#pragma once
#include <stdint.h>

void setup();
void loop();

struct SerialPort {
  void begin(unsigned long baud);
  int available();
  int read();
  void write(char byte);
  void print(const char *text);
  void println(int number);
};
extern SerialPort Serial;
