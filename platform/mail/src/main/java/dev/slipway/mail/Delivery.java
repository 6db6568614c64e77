package dev.slipway.mail;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.mail.MailMessage;
import dev.slipway.api.platform.IntegrationCalls;
import dev.slipway.api.platform.Json;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.security.Secrets;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits in the outbox: at once when something is queued, and as a job for what has to be
 * tried again. Twelve attempts over about a day, then the message is given up.
 */
@Component(service = Job.class, immediate = true)
public final class Delivery implements Job, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final Scope SCOPE = Scope.platform("delivery of mail");
  private static final int BATCH = 20;
  static final int ATTEMPTS = 12;
  private static final Duration LEASE = Duration.ofMinutes(15);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(4);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int LONGEST_ERROR = 500;

  private final Database db;
  private final Events events;
  private final Secrets secrets;
  private final Json json;
  private final @Nullable SmtpSettings settings;
  private final Signals.Subscription subscription;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile @Nullable IntegrationCalls counted;

  /** Begins to listen for queued messages. */
  @Activate
  public Delivery(
      @Reference Database db,
      @Reference Events events,
      @Reference Signals signals,
      @Reference Secrets secrets,
      @Reference Json json,
      @Reference Platform platform) {
    this.db = db;
    this.events = events;
    this.secrets = secrets;
    this.json = json;
    settings = SmtpSettings.of(platform).orElse(null);
    subscription = signals.on(Outbox.TOPIC, this::wake);
  }

  /** Counts each message that is sent from now on. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setCounted(IntegrationCalls counter) {
    counted = counter;
  }

  /** Messages are counted no longer, as the area that shows them is gone. */
  public void unsetCounted(IntegrationCalls counter) {
    if (counted == counter) {
      counted = null;
    }
  }

  private void count() {
    var counter = counted;
    if (counter != null) {
      counter.called(SmtpIntegration.NAME);
    }
  }

  @Override
  @Deactivate
  public void close() {
    subscription.close();
  }

  @Override
  public String name() {
    return "mail.delivery";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run() {
    db.run(
        SCOPE,
        () ->
            db.mapper(MessageMapper.class).deleteFailed(Instant.now().minus(KEPT), BATCH * BATCH));
    drain();
  }

  /** One thread at a time; whoever is woken meanwhile makes it look again. */
  private void wake() {
    if (calls.getAndIncrement() == 0) {
      Thread.ofVirtual().name("mail").start(this::follow);
    }
  }

  private void follow() {
    int seen;
    do {
      seen = calls.get();
      try {
        drain();
      } catch (RuntimeException failure) {
        LOG.warn("mail waits for the next run of its job", failure);
      }
    } while (!calls.compareAndSet(seen, 0));
  }

  private void drain() {
    if (settings == null) {
      return;
    }
    List<MessageRow> batch;
    do {
      var now = Instant.now();
      batch =
          db.write(SCOPE, () -> db.mapper(MessageMapper.class).take(now, now.plus(LEASE), BATCH));
      if (!batch.isEmpty()) {
        send(settings, batch);
      }
    } while (batch.size() == BATCH);
  }

  private void send(SmtpSettings server, List<MessageRow> batch) {
    // Taking them loses their order; people expect mail in the order of what happened.
    var inOrder = batch.stream().sorted(Comparator.comparing(MessageRow::createdAt)).toList();
    try {
      SmtpSender.connected(server, sender -> inOrder.forEach(row -> send(sender, row)));
    } catch (MessagingException failure) {
      // From the first connection: nothing was sent yet.
      LOG.warn("the mail server {} can not be used: {}", server, error(failure));
      batch.forEach(row -> postpone(row, failure));
    }
  }

  private void send(SmtpSender sender, MessageRow row) {
    var message = message(row);
    count();
    try {
      sender.send(row.id(), row.createdAt(), message);
      db.run(SCOPE, () -> db.mapper(MessageMapper.class).delete(row.id()));
    } catch (MessagingException failure) {
      if (SmtpSender.permanent(failure)) {
        giveUp(row, message, failure);
      } else {
        postpone(row, failure);
      }
    }
  }

  private MailMessage message(MessageRow row) {
    var sealed = Objects.requireNonNull(row.content(), "a queued message has its content");
    return json.read(secrets.open(null, MessageRow.place(row.id()), sealed), MailMessage.class);
  }

  private void postpone(MessageRow row, MessagingException failure) {
    if (row.attempts() >= ATTEMPTS) {
      giveUp(row, message(row), failure);
      return;
    }
    var due = Instant.now().plus(pause(row.attempts()));
    db.run(SCOPE, () -> db.mapper(MessageMapper.class).postpone(row.id(), due, error(failure)));
  }

  /** 30 s, then twice as long each time, 4 hours at most. */
  static Duration pause(int attempts) {
    var pause = Duration.ofSeconds(30).multipliedBy(1L << Math.min(attempts - 1, 20));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private void giveUp(MessageRow row, MailMessage message, MessagingException failure) {
    LOG.error("mail {} to {} is given up: {}", row.id(), message.recipient(), error(failure));
    db.run(
        SCOPE,
        () -> {
          db.mapper(MessageMapper.class).giveUp(row.id(), error(failure));
          events.publish(
              new MailFailed(
                  row.id(),
                  message.recipient(),
                  message.subject(),
                  row.attempts(),
                  error(failure)));
        });
  }

  /** What the server has said stands in the causes: the library's own word is no more than "no". */
  static String error(MessagingException failure) {
    var reasons = new LinkedHashSet<String>();
    for (Exception cause = failure; cause != null; cause = next(cause)) {
      reasons.add(String.valueOf(cause.getMessage()).replaceAll("\\p{Cc}+", " ").strip());
    }
    var text = String.join(": ", reasons);
    return text.length() > LONGEST_ERROR ? text.substring(0, LONGEST_ERROR) : text;
  }

  private static @Nullable Exception next(Exception cause) {
    return cause instanceof MessagingException outer ? outer.getNextException() : null;
  }
}
