// Drops deliveries about preview deployments and branches other than main.

/** @satisfies {slipway.WebhookTransform} */
export default ({ payload }, api) => {
  const { preview = false, branch = 'main' } = payload.data ?? {};
  if (preview || branch !== 'main') {
    api.log('dropped', { preview, branch });
    return null;
  }
  return payload;
};
