// Restarts the app that an alert is about; after MOST restarts within an hour people must look.

const MOST = 3;
const HOUR = 60 * 60 * 1000;

/** @type {slipway.RemediationAction} */
export default async ({ subject, reason }, api) => {
  if (subject.kind !== 'app') return { outcome: 'nothing-to-do' };
  const key = `restarts:${subject.id}`;
  const now = api.now().getTime();
  const recent = ((await api.kv.get(key)) ?? []).filter(time => now - time < HOUR);
  if (recent.length >= MOST) {
    await api.notify({
      title: `${subject.name ?? 'An app'} needs a look`,
      body: `${reason.name ?? reason.type}: restarted ${recent.length} times within an hour`,
      mail: true,
    });
    return { outcome: 'escalate', message: `restarted ${recent.length} times within an hour` };
  }
  await api.kv.set(key, [...recent, now]);
  await api.actions.restart(subject.id);
  return { outcome: 'done', message: 'restarted' };
};
