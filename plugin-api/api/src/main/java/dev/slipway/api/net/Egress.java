package dev.slipway.api.net;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Outgoing HTTP. Every address is checked after name resolution and the connection goes to the
 * address that was checked: no loopback, private, link-local or multicast target unless the
 * operator allows it. Redirects are not followed.
 */
@ProviderType
public interface Egress {
  /** Most bytes kept of a response body. */
  int MAX_BODY = 1024 * 1024;

  /**
   * Sends a request and waits for the answer; a request without a time-out gets 10 s.
   *
   * @throws dev.slipway.api.PlatformException (422 {@code egress.refused}) for a target that is not
   *     allowed
   * @throws IOException for a network failure
   */
  HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException;

  /**
   * Refuses with 422 {@code egress.refused} where {@link #send} would, naming the field; for checks
   * at save time.
   */
  void check(String field, String url);
}
