package dev.slipway.http.limit;

import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Scope;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Requests that came with an Idempotency-Key, in the database, so that all nodes share them. What
 * they were answered is sealed: it may be the only time that a new key or token is shown.
 */
@Component(service = KeyedRequests.class)
public final class KeyedRequests {
  private static final Scope SCOPE = Scope.platform("idempotency keys of all tenants");

  private final Database database;
  private final RememberedMapper requests;
  private final Secrets secrets;

  /** Made by the component runtime. */
  @Activate
  public KeyedRequests(@Reference Database database, @Reference Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
    requests = database.mapper(RememberedMapper.class);
  }

  /** Whether the key was free and is this request's now. */
  boolean claim(Remembered request) {
    return change(() -> requests.claim(request)) == 1;
  }

  /** What is known of the key of a request. */
  @Nullable Remembered find(Remembered request) {
    return database.read(
        SCOPE, () -> requests.find(request.holder(), request.operation(), request.key()));
  }

  /** Keeps the answer. */
  void answered(UUID id, int status, @Nullable String mediaType, @Nullable String body) {
    var sealed = body == null ? null : secrets.seal(null, place(id), body);
    change(() -> requests.answered(id, status, mediaType, sealed));
  }

  /** The body that a request was answered with; null where there was none. */
  @Nullable String body(Remembered request) {
    var sealed = request.sealedBody();
    return sealed == null ? null : secrets.open(null, place(request.id()), sealed);
  }

  /** Gives a key back. */
  void release(UUID id) {
    change(() -> requests.release(id));
  }

  private static String place(UUID id) {
    return "http_idempotency/" + id + "/body";
  }

  /** Not part of the operation: its audit row belongs to its own change, which may never come. */
  private int change(IntSupplier change) {
    var changed = new AtomicInteger();
    CurrentOperation.bound(() -> database.run(SCOPE, () -> changed.set(change.getAsInt())));
    return changed.get();
  }
}
