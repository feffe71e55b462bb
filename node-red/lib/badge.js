'use strict';

/** Every status goes to every open editor: twice a second is enough for eyes. */
const PAUSE_MS = 500;

/** A node's status, at most twice a second; the last one always gets there. */
module.exports = class Badge {
  #node;
  #timer;
  #next;

  constructor(node) {
    this.#node = node;
  }

  show(status) {
    this.#next = status;
    if (this.#timer === undefined) this.#tell();
  }

  close() {
    clearTimeout(this.#timer);
    this.#next = undefined;
  }

  #tell() {
    this.#timer = undefined;
    if (this.#next === undefined) return;
    this.#node.status(this.#next);
    this.#next = undefined;
    this.#timer = setTimeout(() => this.#tell(), PAUSE_MS);
    this.#timer.unref();
  }
};
