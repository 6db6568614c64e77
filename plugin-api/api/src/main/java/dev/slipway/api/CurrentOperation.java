package dev.slipway.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operation that the current thread serves, bound by the platform around every request. The
 * store reads it to write the audit row into the same transaction as the change; features have no
 * need of it.
 */
@ProviderType
public final class CurrentOperation {
  private static final ScopedValue<CurrentOperation> CURRENT = ScopedValue.newInstance();
  private @Nullable String name;
  private @Nullable Caller caller;
  private boolean changes;
  private boolean audited;
  private @Nullable UUID tenantId;
  private final Map<String, Object> details = new LinkedHashMap<>();

  private CurrentOperation() {}

  /** Runs the work of one request with a fresh operation bound to this thread. */
  public static void bound(Runnable work) {
    ScopedValue.where(CURRENT, new CurrentOperation()).run(work);
  }

  /**
   * The work, to be run by another thread as part of the operation that this thread serves.
   *
   * @since 1.1
   */
  public static Runnable carried(Runnable work) {
    var operation = get();
    return operation == null ? work : () -> ScopedValue.where(CURRENT, operation).run(work);
  }

  /** The operation of this thread; null outside a request. */
  public static @Nullable CurrentOperation get() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  /**
   * Who makes the call that this thread serves. Methods of gRPC services ask here; a resource
   * method has a parameter for it.
   *
   * @throws IllegalStateException where no caller is known
   * @since 1.2
   */
  public static Caller requireCaller() {
    var operation = get();
    if (operation == null || operation.caller == null) {
      throw new IllegalStateException("no call is being served, or its caller is not known");
    }
    return operation.caller;
  }

  /** Names the operation and who asked for it, as soon as both are known. */
  public void identify(String operation, Caller by, boolean changesState) {
    name = operation;
    caller = by;
    changes = changesState;
  }

  /** The operation's name such as {@code apps.app.create}; null before it is known. */
  public @Nullable String name() {
    return name;
  }

  /** Who asked for it; null before it is known. */
  public @Nullable Caller caller() {
    return caller;
  }

  /** Whether an audit row is due: the operation changes state and none was written yet. */
  public boolean auditDue() {
    return changes && !audited;
  }

  /**
   * Adds to the audit row of the operation that this thread serves, such as {@code before} and
   * {@code after}; does nothing outside a request.
   *
   * @param value what JSON can hold; never a secret
   */
  public static void detail(String member, @Nullable Object value) {
    var operation = get();
    if (operation != null && value != null) {
      operation.details.put(member, value);
    }
  }

  /**
   * Says which tenant the operation is about, where that is another than the caller's: an operator
   * acts in it. The audit row is that tenant's then; does nothing outside a request.
   *
   * @since 1.1
   */
  public static void about(UUID tenant) {
    var operation = get();
    if (operation != null) {
      operation.tenantId = tenant;
    }
  }

  /**
   * What {@link #about} was told; null where nothing was.
   *
   * @since 1.1
   */
  public @Nullable UUID tenantId() {
    return tenantId;
  }

  /** What {@link #detail} was told. */
  public Map<String, Object> details() {
    return Collections.unmodifiableMap(details);
  }

  /** Notes that the audit row is committed. */
  public void markAudited() {
    audited = true;
  }
}
