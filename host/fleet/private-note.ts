import { membersOf } from '../note.js';

interface Marked {
  privateFleet?: unknown;
}

/** The note of a model says whether it is of a private fleet: so the promise outlives an operator's notes that are lost. */
export function noteOfFleet(note: string, isPrivate: boolean): string {
  if (isPrivateNote(note) === isPrivate) return note;
  const { privateFleet: _, ...rest } = membersOf(note) as Marked;
  return JSON.stringify({ ...rest, ...(isPrivate ? { privateFleet: true } : {}) });
}

/** True for the note of a model of a private fleet. */
export function isPrivateNote(note: string): boolean {
  return (membersOf(note) as Marked).privateFleet === true;
}
