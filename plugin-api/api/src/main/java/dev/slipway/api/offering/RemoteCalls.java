package dev.slipway.api.offering;

import dev.slipway.api.PlatformException;
import dev.slipway.api.net.Egress;
import dev.slipway.api.offering.RemoteFailure.Reason;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Calls another system over HTTP, and says what an offering says where that fails.
 *
 * @since 0.1.0
 */
@ProviderType
public final class RemoteCalls {
  private static final long LONGEST_WAIT_SECONDS = 3_600;

  private final Egress egress;

  /** Calls through this network. */
  public RemoteCalls(Egress egress) {
    this.egress = egress;
  }

  /**
   * What was answered.
   *
   * @param status 200 to 299
   * @param text the body, read as UTF-8
   */
  public record Answer(int status, String text) {}

  /**
   * Sends a request and waits for its answer.
   *
   * @throws RemoteFailure where there is none, or one that is no success; what the other side says
   *     beside its status is not told, since nobody knows what it is
   */
  public Answer send(HttpRequest request) throws RemoteFailure, InterruptedException {
    HttpResponse<byte[]> answer;
    try {
      answer = egress.send(request);
    } catch (IOException failure) {
      throw RemoteFailure.of(
          Reason.UNAVAILABLE, request.uri().getHost() + " can not be reached", failure);
    } catch (PlatformException refused) {
      throw RemoteFailure.of(Reason.REFUSED, String.valueOf(refused.getMessage()), refused);
    }
    var status = answer.statusCode();
    if (status / 100 != 2) {
      var failure = RemoteFailure.ofStatus(status, request.uri().getHost() + " answered " + status);
      throw wait(answer).isPositive() ? failure.retryAfter(wait(answer)) : failure;
    }
    return new Answer(status, new String(answer.body(), StandardCharsets.UTF_8));
  }

  /** Seconds alone: a date would have to be compared with another clock. */
  private static Duration wait(HttpResponse<byte[]> answer) {
    var header = answer.headers().firstValue("Retry-After").orElse("");
    return header.matches("[0-9]{1,9}")
        ? Duration.ofSeconds(Math.min(Long.parseLong(header), LONGEST_WAIT_SECONDS))
        : Duration.ZERO;
  }
}
