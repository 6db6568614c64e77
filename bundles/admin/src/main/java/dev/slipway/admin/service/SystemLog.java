package dev.slipway.admin.service;

import dev.slipway.admin.LogEntry;
import dev.slipway.admin.store.LogFilter;
import dev.slipway.admin.store.LogStore;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Page;
import dev.slipway.api.Scope;
import dev.slipway.api.mail.MailHeld;
import dev.slipway.api.security.Secrets;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The system log: what happened that an operator may have to know. */
@Component(service = {SystemLog.class, Job.class})
public final class SystemLog implements Job {
  /** Member of the metadata that holds the link of a mail that was not sent. */
  static final String SEALED_LINK = "sealedLink";

  private static final Scope SCOPE = Scope.platform("the system log is the operators'");
  private static final Duration KEPT = Duration.ofDays(90);
  private static final int BATCH = 5_000;
  private static final int LONGEST = 8_000;

  private final Database database;
  private final Secrets secrets;
  private final LogStore store;

  @Activate
  public SystemLog(@Reference Database database, @Reference Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
    store = new LogStore(database);
  }

  /** Adds an entry; the same one again changes nothing. */
  void add(LogEntry entry) {
    addAll(List.of(entry));
  }

  /** Adds entries together. */
  void addAll(List<LogEntry> entries) {
    database.run(SCOPE, () -> entries.forEach(entry -> store.add(masked(entry))));
  }

  private LogEntry masked(LogEntry entry) {
    var text = secrets.mask(entry.message());
    return new LogEntry(
        entry.id(),
        entry.severity(),
        entry.category(),
        text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…",
        entry.action(),
        entry.userId(),
        entry.tenantId(),
        entry.metadata(),
        entry.createdAt());
  }

  /** A page, newest first. A link in it is a credential, so that showing one is audited. */
  public Page<LogEntry> list(LogFilter filter, int limit, int offset) {
    var page = database.read(SCOPE, () -> store.list(filter, limit, offset));
    var mails = page.items().stream().filter(SystemLog::holdsLink).map(SystemLog::mail).toList();
    if (mails.isEmpty()) {
      return page;
    }
    return database.write(
        SCOPE,
        () -> {
          CurrentOperation.detail("links_of_mails", mails);
          return page.map(this::opened);
        });
  }

  private static boolean holdsLink(LogEntry entry) {
    return entry.metadata().get(SEALED_LINK) instanceof String;
  }

  private static UUID mail(LogEntry entry) {
    return UUID.fromString((String) Objects.requireNonNull(entry.metadata().get("subjectId")));
  }

  /** A newcomer without a mail server finds the links of unsent mails here, and nowhere else. */
  private LogEntry opened(LogEntry entry) {
    if (!(entry.metadata().get(SEALED_LINK) instanceof String sealed)) {
      return entry;
    }
    var metadata = new LinkedHashMap<>(entry.metadata());
    metadata.remove(SEALED_LINK);
    metadata.put("link", secrets.open(null, MailHeld.place(mail(entry)), sealed));
    return new LogEntry(
        entry.id(),
        entry.severity(),
        entry.category(),
        entry.message(),
        entry.action(),
        entry.userId(),
        entry.tenantId(),
        metadata,
        entry.createdAt());
  }

  @Override
  public String name() {
    return "admin.log-retention";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public void run() {
    var before = Instant.now().minus(KEPT);
    while (database.write(SCOPE, () -> store.deleteBefore(before, BATCH)) == BATCH) {
      // Small transactions, so that nobody waits for them.
    }
  }
}
