// Replaces mail and network addresses anywhere in an outgoing webhook: it leaves your house.

const MAIL = /[\w.+-]+@[\w-]+(\.[\w-]+)+/g;
const NETWORK = /\b\d{1,3}(\.\d{1,3}){3}\b/g;

/** @type {slipway.WebhookTransform} */
export default async ({ payload }) => hidden(payload);

function hidden(value) {
  if (typeof value === 'string') return value.replace(MAIL, '[mail]').replace(NETWORK, '[address]');
  if (Array.isArray(value)) return value.map(hidden);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, hidden(each)]));
}
