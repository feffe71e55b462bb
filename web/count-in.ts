/** For who stands away from the device: a label is pressed once, seconds are counted, then it is held without a hand. */

const COUNT = 3;
const HOLD_MS = 3000;

class CountIn {
  /** The label that is counted in, and the seconds that are left. */
  counting: { label: string; left: number } | undefined;
  onCount: () => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #letGo: (() => void) | undefined;

  /** Pressed again, it stops. */
  press(label: string, hold: (label: string) => void, letGo: () => void): void {
    if (this.counting !== undefined || this.#letGo !== undefined) return this.stop();
    const count = (left: number): void => {
      this.onCount();
      if (left > 0) {
        this.counting = { label, left };
        this.#timer = setTimeout(count, 1000, left - 1);
        return;
      }
      this.counting = undefined;
      this.#letGo = letGo;
      hold(label);
      this.#timer = setTimeout(() => this.stop(), HOLD_MS);
    };
    count(COUNT);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.onCount();
    this.counting = undefined;
    this.#letGo?.();
    this.#letGo = undefined;
  }
}

export const countIn = new CountIn();
