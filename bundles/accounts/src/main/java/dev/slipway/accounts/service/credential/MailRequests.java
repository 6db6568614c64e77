package dev.slipway.accounts.service.credential;

import dev.slipway.accounts.User;
import dev.slipway.accounts.service.AccountMail;
import dev.slipway.accounts.store.credential.MailRequest;
import dev.slipway.accounts.store.credential.TokenStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Signals;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks who stands behind the addresses that mail was asked for, off every request's path. */
@Component(service = Job.class)
public final class MailRequests implements Job, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MailRequests.class);
  private static final Scope SCOPE = Scope.platform("mail that was asked for by address");
  private static final int BATCH = 50;
  private static final int CLEAN_BATCH = 1000;
  private static final Duration KEPT = Duration.ofDays(1);

  private final Database db;
  private final TokenStore tokens;
  private final UserStore users;
  private final AccountMail mail;
  private final Signals.Subscription subscription;

  /** Two: one at work, and one that looks for what came too late for it. */
  private final Semaphore workers = new Semaphore(2);

  @Activate
  public MailRequests(
      @Reference Database db,
      @Reference TokenStore tokens,
      @Reference UserStore users,
      @Reference AccountMail mail,
      @Reference Signals signals) {
    this.db = db;
    this.tokens = tokens;
    this.users = users;
    this.mail = mail;
    subscription = signals.on(MailRequestService.TOPIC, this::wake);
  }

  @Override
  @Deactivate
  public void close() {
    subscription.close();
  }

  @Override
  public String name() {
    return "accounts.mail-requests";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run() {
    var now = Times.now();
    db.write(SCOPE, () -> tokens.deleteExpired(now, now.minus(KEPT), CLEAN_BATCH));
    answerAll();
  }

  private void wake() {
    if (workers.tryAcquire()) {
      Thread.ofVirtual().name("mail requests").start(this::work);
    }
  }

  private void work() {
    try {
      answerAll();
    } catch (RuntimeException failure) {
      LOG.warn("requested mail waits for the next run of its job", failure);
    } finally {
      workers.release();
    }
  }

  private void answerAll() {
    while (db.write(SCOPE, this::answerSome) == BATCH) {
      LOG.debug("more mail was asked for");
    }
  }

  private int answerSome() {
    var requests = tokens.takeRequests(BATCH);
    requests.forEach(this::answer);
    return requests.size();
  }

  private void answer(MailRequest request) {
    var user = users.byEmail(request.emailKey()).filter(User::active).orElse(null);
    if (user == null) {
      return;
    }
    switch (request.purpose()) {
      case VERIFY -> {
        if (!user.emailVerified()) {
          mail.verification(user, Times.now());
        }
      }
      case RESET -> {
        if (users.passwordHash(user.id()).isPresent()) {
          mail.reset(user, Times.now());
        }
      }
    }
  }
}
