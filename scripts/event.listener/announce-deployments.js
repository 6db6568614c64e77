// Tells the tenant's admins which deployments went live and which failed. An event may come twice:
// what was told is kept under its id. Filter: {"types": ["deployments.deployment.*"]}

/** @type {slipway.EventListener} */
export default async ({ id, type, data }, api) => {
  const told = {
    'deployments.deployment.succeeded': () => ({
      title: 'A deployment is live',
      body: [data.url, data.commit_sha ?? data.image].filter(Boolean).join('\n'),
    }),
    'deployments.deployment.failed': () => ({
      title: 'A deployment has failed',
      body: data.error,
      mail: true,
    }),
  }[type];
  if (told === undefined || (await api.kv.get('last')) === id) return;
  await api.notify(told());
  await api.kv.set('last', id);
};
