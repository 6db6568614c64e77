package dev.slipway.security.audit;

import dev.slipway.api.security.AuditLog;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code security_audit} and {@code security_audit_seal}. */
public interface AuditMapper {
  List<AuditLog.Entry> page(
      @Param("filter") AuditLog.Filter filter,
      @Param("before") @Nullable UUID before,
      @Param("limit") int limit);

  /** Entries of a time behind one of them, oldest first. */
  List<AuditLog.Entry> between(
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("afterAt") @Nullable Instant afterAt,
      @Param("afterId") @Nullable UUID afterId,
      @Param("limit") int limit);

  /** One node seals at a time. */
  int gate();

  @Nullable Seal last();

  /** Entries without a seal, oldest first, none from before the given time. */
  List<Text> unsealed(@Param("since") @Nullable Instant since, @Param("limit") int limit);

  void seal(@Param("seals") List<Seal> seals);

  /** Seals behind a position with the entries as they are now. */
  List<Sealed> sealed(@Param("after") long after, @Param("limit") int limit);

  /**
   * A seal.
   *
   * @param at time of its entry
   */
  record Seal(long position, UUID auditId, String hash, @Nullable Instant at) {}

  /** An entry as the text that is hashed. */
  record Text(UUID id, Instant at, String text) {}

  /** A seal and its entry; the text is null where the entry is gone. */
  record Sealed(long position, UUID auditId, String hash, @Nullable String text) {}
}
