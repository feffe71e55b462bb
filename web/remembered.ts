/** Small things that a browser remembers between visits; one that keeps nothing forgets them with the page. */

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // it holds while the page is open
  }
}

/** Is there something whose name begins so? */
export function remembersAny(start: string): boolean {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith(start));
  } catch {
    return false;
  }
}
