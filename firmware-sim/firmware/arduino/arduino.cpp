#include "Arduino.h"

extern "C" {
#define _Noreturn [[noreturn]]
#include "board.h"
#include "rp2040.h"
}

SerialPort Serial;
static int waiting = -1; /* a byte that was received and not read */

void SerialPort::begin(unsigned long) { rp2040_start(); }

int SerialPort::available() {
  if (waiting < 0) waiting = board_receive();
  return waiting >= 0;
}

int SerialPort::read() {
  const int byte = available() ? waiting : -1;
  waiting = -1;
  return byte;
}

void SerialPort::write(char byte) { board_transmit((uint8_t)byte); }

void SerialPort::print(const char *text) {
  while (*text) write(*text++);
}

static void write_digits(int number) {
  if (number > 9) write_digits(number / 10);
  Serial.write((char)('0' + number % 10));
}

void SerialPort::println(int number) {
  write_digits(number);
  write('\n');
}

extern "C" int main() { // freestanding: it would be mangled
  setup();
  for (;;) {
    loop();
    if (!Serial.available()) board_wait();
  }
}
