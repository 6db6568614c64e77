// Posts failures to a chat whose address is the secret CHAT_URL (its host must be on the tenant's
// list). Tries a second time where the chat does not answer. Filter: {"types": ["*.failed"]} is not
// possible, so name the types: {"types": ["deployments.deployment.failed"]}

/** @type {slipway.EventListener} */
export default async ({ type, subject_id, data }, api) => {
  const text = `${type} ${subject_id}: ${data.error ?? 'no reason given'}`;
  const url = await api.secret('CHAT_URL');
  for (let attempt = 1; ; attempt++) {
    try {
      const { status } = await api.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      });
      if (status < 300) return;
      throw new Error(`the chat answered ${status}`);
    } catch (e) {
      if (attempt === 2) throw e;
      api.log.warn(e.message);
    }
  }
};
