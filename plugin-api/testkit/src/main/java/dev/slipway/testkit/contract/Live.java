package dev.slipway.testkit.contract;

import dev.slipway.testkit.TestClient;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an example leaves open when it is really called: who calls, and real values in place of the
 * written ones.
 */
public final class Live {
  private final @Nullable TestClient client;
  private final Map<String, Object> values = new HashMap<>();
  private byte @Nullable [] body;

  private Live(@Nullable TestClient client) {
    this.client = client;
  }

  /** Called by this client. */
  public static Live by(TestClient client) {
    return new Live(client);
  }

  /** Called by whom the suite calls everything by, with one real value. */
  public static Live value(String name, Object value) {
    return new Live(null).with(name, value);
  }

  /**
   * With one more real value.
   *
   * @param name of a parameter, or the path of a member of the body such as {@code token} or {@code
   *     items.0.id}
   */
  public Live with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** With these bytes as the body, where it is no JSON. */
  public Live body(byte[] bytes) {
    body = bytes;
    return this;
  }

  /** The caller; another one where none was named. */
  TestClient client(TestClient otherwise) {
    return client == null ? otherwise : client;
  }

  Map<String, Object> values() {
    return values;
  }

  byte @Nullable [] bytes() {
    return body;
  }

  /** Nothing but what is written. */
  public static Live asWritten() {
    return new Live(null);
  }
}
