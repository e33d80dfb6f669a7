// Light, dark, or as the system says; remembered where the browser lets a page remember.

const THEME_KEY = 'bucket-integrations-theme';

function startTheme() {
  const choices = byId('theme', HTMLElement);
  const kept = remembered();
  for (const input of choices.querySelectorAll('input')) input.checked = input.value === kept;
  document.documentElement.dataset.theme = kept;
  choices.addEventListener('change', (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    document.documentElement.dataset.theme = event.target.value;
    try {
      localStorage.setItem(THEME_KEY, event.target.value);
    } catch {
      // A page from a file may have nowhere to keep it: it holds until the page is closed.
    }
  });
}

function remembered() {
  try {
    const kept = localStorage.getItem(THEME_KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'auto';
  } catch {
    return 'auto';
  }
}
