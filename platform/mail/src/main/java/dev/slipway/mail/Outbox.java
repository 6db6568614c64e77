package dev.slipway.mail;

import dev.slipway.api.Ids;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.mail.Mail;
import dev.slipway.api.mail.MailHeld;
import dev.slipway.api.mail.MailMessage;
import dev.slipway.api.platform.Json;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps messages with the change that causes them, until they are sent. */
@Component(service = Mail.class, immediate = true)
public final class Outbox implements Mail {
  /** Stands before every link in the log, so that an operator finds it. */
  public static final String HELD = "[mail-held]";

  static final String TOPIC = "mail:queued";
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final Database db;
  private final Events events;
  private final Signals signals;
  private final Secrets secrets;
  private final Json json;
  private final boolean configured;

  /** Says where mail goes. */
  @Activate
  public Outbox(
      @Reference Database db,
      @Reference Events events,
      @Reference Signals signals,
      @Reference Secrets secrets,
      @Reference Json json,
      @Reference Platform platform) {
    this.db = db;
    this.events = events;
    this.signals = signals;
    this.secrets = secrets;
    this.json = json;
    var settings = SmtpSettings.of(platform);
    configured = settings.isPresent();
    settings.ifPresentOrElse(
        server -> LOG.info("mail goes to {}", server),
        () ->
            LOG.warn(
                "No mail server is configured (SLIPWAY_SMTP_URL): no mail is sent. The links of all"
                    + " messages stand here after {} and in the admin's log view.",
                HELD));
  }

  @Override
  public boolean configured() {
    return configured;
  }

  @Override
  public void queue(MailMessage message) {
    var id = Ids.next();
    if (!configured) {
      hold(id, message);
      return;
    }
    var now = Times.now();
    var content = secrets.seal(null, MessageRow.place(id), json.write(message));
    db.mapper(MessageMapper.class)
        .insert(new MessageRow(id, content, MessageRow.Status.QUEUED, 0, now, null, now));
    signals.raise(TOPIC);
  }

  private void hold(UUID id, MailMessage message) {
    var button = message.button();
    var link = button == null ? null : button.url().toASCIIString();
    var sealed = link == null ? null : secrets.seal(null, MailHeld.place(id), link);
    events.publish(new MailHeld(id, message.recipient(), message.subject(), sealed));
    db.afterCommit(
        () ->
            LOG.info(
                "{} to={} subject=\"{}\" link={}",
                HELD,
                message.recipient(),
                message.subject(),
                link == null ? "none" : link));
  }
}
