package dev.slipway.admin.resource;

import dev.slipway.admin.LogEntry;
import dev.slipway.api.Page;
import dev.slipway.api.security.AuditLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The system log and the audit log as clients see them. */
public final class LogPayloads {
  private LogPayloads() {}

  /** An entry of the system log. */
  public record View(
      UUID id,
      LogEntry.Severity severity,
      LogEntry.Category category,
      String message,
      @Nullable String action,
      @Nullable UUID userId,
      @Nullable UUID tenantId,
      Map<String, @Nullable Object> metadata,
      Instant createdAt) {
    static View of(LogEntry entry) {
      return new View(
          entry.id(),
          entry.severity(),
          entry.category(),
          entry.message(),
          entry.action(),
          entry.userId(),
          entry.tenantId(),
          entry.metadata(),
          entry.createdAt());
    }
  }

  /** A page of the system log, newest first; the total is counted up to 100000. */
  public record Logs(List<View> logs, long total) {
    static Logs of(Page<LogEntry> page) {
      return new Logs(page.map(View::of).items(), page.total());
    }
  }

  /** Entries of the audit log, newest first; null as cursor where there are no more. */
  public record Audit(List<AuditLog.Entry> entries, @Nullable UUID nextCursor) {
    static Audit of(List<AuditLog.Entry> entries, int limit) {
      return new Audit(entries, entries.size() < limit ? null : entries.getLast().id());
    }
  }

  /** What became of the chain of seals. */
  public record Verification(boolean intact, long sealed, @Nullable UUID firstBroken) {
    static Verification of(AuditLog.Verdict verdict) {
      return new Verification(
          verdict.firstBroken() == null, verdict.sealed(), verdict.firstBroken());
    }
  }
}
