// Restarts by itself while people sleep; in working hours it leaves the decision to them.

const ZONE = 'Europe/Berlin';
const FROM = 8;
const TO = 18;

/** @type {slipway.RemediationAction} */
export default async ({ subject }, api) => {
  if (subject.kind !== 'app') return { outcome: 'nothing-to-do' };
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE, weekday: 'short', hour: 'numeric', hourCycle: 'h23',
  }).formatToParts(api.now());
  const part = type => parts.find(each => each.type === type).value;
  const hour = Number(part('hour'));
  const weekend = ['Sat', 'Sun'].includes(part('weekday'));
  if (!weekend && hour >= FROM && hour < TO) {
    return { outcome: 'escalate', message: 'people are at work' };
  }
  await api.actions.restart(subject.id);
  return { outcome: 'done', message: 'restarted' };
};
