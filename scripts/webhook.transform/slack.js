// Makes a message of an outgoing webhook that Slack's incoming webhooks understand.

const SIGNS = { failed: ':red_circle:', succeeded: ':large_green_circle:' };

/** @type {slipway.WebhookTransform} */
export default async ({ event_type, payload }) => {
  const data = payload.data ?? {};
  const sign = Object.entries(SIGNS).find(([word]) => event_type.includes(word))?.[1] ?? ':bell:';
  const title = `${sign} *${plain(event_type.replaceAll('.', ' '))}*`;
  const lines = Object.entries(data)
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .slice(0, 10)
    .map(([name, value]) => `*${plain(name)}*: ${plain(String(value))}`);
  return { text: [title, ...lines].join('\n') };
};

/** Slack's three characters that mean something. */
function plain(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
