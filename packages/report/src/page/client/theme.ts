/// <reference lib="dom" />
// Light, dark, or as the system has it; kept for the next visit where the browser allows that.

const KEY = 'concurrency-cookbook-theme';

function apply(theme: string): void {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  else delete document.documentElement.dataset['theme'];
}

function recall(): string {
  try {
    return localStorage.getItem(KEY) ?? 'auto';
  } catch {
    return 'auto'; // a page from disk may have no storage
  }
}

function keep(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // then it lasts until the page is closed
  }
}

apply(recall());
const choice = document.querySelector<HTMLFieldSetElement>('.theme')!;
choice.hidden = false;
for (const input of choice.querySelectorAll('input')) {
  input.checked = input.value === (document.documentElement.dataset['theme'] ?? 'auto');
  input.addEventListener('change', () => {
    apply(input.value);
    keep(input.value);
  });
}
