import { membersOf } from '../note.js';

/** The note of a model of a private fleet says that it is one: so the promise outlives an operator's notes that are lost. */
export function privateNote(note: string): string {
  return JSON.stringify({ ...membersOf(note), privateFleet: true });
}

/** True for the note of a model of a private fleet. */
export function isPrivateNote(note: string): boolean {
  return (membersOf(note) as { privateFleet?: unknown }).privateFleet === true;
}
