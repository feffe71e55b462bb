// Virtual time: nanoseconds that only move when something says so. The processor, its peripherals and the world share one
// clock, so a run is the same run every time. The shape is rp2040js's IClock: its timers hang on this clock as well.

export class Alarm {
  /** Due at, in nanoseconds; NaN while not scheduled. */
  due = NaN;
  readonly #clock: Clock;
  readonly fire: () => void;

  constructor(clock: Clock, fire: () => void) {
    this.#clock = clock;
    this.fire = fire;
  }

  schedule(deltaNanos: number): void {
    this.cancel();
    this.due = this.#clock.nanos + deltaNanos;
    this.#clock.add(this);
  }

  cancel(): void {
    if (!Number.isNaN(this.due)) this.#clock.remove(this);
    this.due = NaN;
  }
}

export class Clock {
  readonly frequency: number;
  nanos = 0;
  /** Due time of the first alarm, Infinity if there is none: the one comparison of every instruction. */
  next = Infinity;
  readonly #alarms: Alarm[] = [];

  constructor(frequency = 125e6) {
    this.frequency = frequency;
  }

  get micros(): number {
    return this.nanos / 1000;
  }

  createAlarm(fire: () => void): Alarm {
    return new Alarm(this, fire);
  }

  /** Runs `fire` at a point in time. */
  at(nanos: number, fire: () => void): void {
    this.createAlarm(fire).schedule(nanos - this.nanos);
  }

  /** Lets time pass, firing what falls due, in order. */
  tick(deltaNanos: number): void {
    const target = this.nanos + deltaNanos;
    while (this.next <= target) {
      const alarm = this.#alarms.shift()!;
      this.next = this.#alarms[0]?.due ?? Infinity;
      this.nanos = alarm.due;
      alarm.due = NaN;
      alarm.fire();
    }
    this.nanos = target;
  }

  /** @internal */
  add(alarm: Alarm): void {
    let place = this.#alarms.length;
    while (place > 0 && this.#alarms[place - 1]!.due > alarm.due) place--;
    this.#alarms.splice(place, 0, alarm);
    this.next = this.#alarms[0]!.due;
  }

  /** @internal */
  remove(alarm: Alarm): void {
    this.#alarms.splice(this.#alarms.indexOf(alarm), 1);
    this.next = this.#alarms[0]?.due ?? Infinity;
  }
}
