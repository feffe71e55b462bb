/** The members of the JSON object in a note (FORMAT.md); text that is none is its `text`. */
export function membersOf(note: string): object {
  if (note === '') return {};
  try {
    const value: unknown = JSON.parse(note);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // text of the program that holds the learner
  }
  return { text: note };
}
