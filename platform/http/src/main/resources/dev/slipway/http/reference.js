const reference = document.getElementById('reference');

// The entries of the menu take the focus, and of themselves do nothing when a key is pressed.
reference.addEventListener('keydown', event => {
  const entry = event.target.closest('[role="menuitem"]');
  if (entry && ['Enter', ' '].includes(event.key)) {
    event.preventDefault();
    entry.click();
  }
});

Redoc.init(
  '/api/docs/openapi.json',
  {
    disableSearch: false,
    expandResponses: '200,201,202',
    hideDownloadButton: false,
    jsonSampleExpandLevel: 4,
    nativeScrollbars: true,
    theme: { typography: { fontFamily: 'system-ui, sans-serif', headings: { fontFamily: 'system-ui, sans-serif' } } }
  },
  reference);
