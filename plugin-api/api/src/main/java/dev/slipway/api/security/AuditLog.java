package dev.slipway.api.security;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who did what on the platform. Rows are only ever added; within seconds each is sealed with the
 * hash of itself and of the seal before, so that a later change of any of them shows.
 */
@ProviderType
public interface AuditLog {
  /** Most entries of one {@link #page}. */
  int MOST = 200;

  /**
   * Entries that fit, newest first.
   *
   * @param before id of the last entry seen; null from the newest
   * @param limit 1..{@link #MOST}
   */
  List<Entry> page(Filter filter, @Nullable UUID before, int limit);

  /**
   * Hands over all entries of a time, oldest first, without holding them in memory.
   *
   * @param from inclusive
   * @param to exclusive
   */
  void export(Instant from, Instant to, Consumer<Entry> each);

  /** Computes the whole chain anew. */
  Verdict verify();

  /**
   * Which entries; null leaves a condition out.
   *
   * @param action an operation such as {@code apps.app.create}
   */
  record Filter(@Nullable String action, @Nullable UUID tenantId, @Nullable UUID userId) {}

  /**
   * An entry.
   *
   * @param action the operation
   * @param tenantId the tenant that it was about
   * @param actor e-mail address or name of the key at that time
   * @param apiKeyId the key, where a key acted
   * @param details such as {@code before} and {@code after}; {@code on_behalf_of} is whom a key
   *     acted for, {@code actor_tenant_id} the tenant of an operator who acted in another one
   * @param hash the seal in hexadecimal digits; null until it is sealed
   */
  record Entry(
      UUID id,
      Instant at,
      String action,
      @Nullable UUID tenantId,
      @Nullable UUID userId,
      @Nullable UUID apiKeyId,
      String actor,
      @Nullable String remoteAddress,
      @Nullable String requestId,
      String outcome,
      Map<String, @Nullable Object> details,
      @Nullable String hash) {}

  /**
   * What became of the chain.
   *
   * @param sealed entries whose seal is right
   * @param firstBroken the first entry that was changed or removed since it was sealed; null where
   *     all is well
   */
  record Verdict(long sealed, @Nullable UUID firstBroken) {}
}
