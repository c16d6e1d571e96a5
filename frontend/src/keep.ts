/** What this browser remembers for a person: choices of look and voice. No words. */

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`thaw.${name}`);
  } catch {
    return null; // A browser may refuse storage; then nothing is remembered.
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`thaw.${name}`, value);
  } catch {
    // As above: the choice then holds for this page only.
  }
}
