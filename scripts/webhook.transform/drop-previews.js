// Drops deliveries about preview deployments and branches other than main.

/** @type {slipway.WebhookTransform} */
export default async ({ payload }, api) => {
  const { preview = false, branch = 'main' } = payload.data ?? {};
  if (preview || branch !== 'main') {
    api.log('dropped', { preview, branch });
    return null;
  }
  return payload;
};
