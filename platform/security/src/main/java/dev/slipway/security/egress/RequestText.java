package dev.slipway.security.egress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request as it goes over the wire. */
final class RequestText {
  private static final int MAX_REQUEST_BODY = 16 * 1024 * 1024;
  private static final int MAX_HEAD = 64 * 1024;
  private static final int PUBLISHER_SECONDS = 10;
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "upgrade",
          "expect",
          "te",
          "trailer",
          "keep-alive",
          "proxy-connection");

  private RequestText() {}

  static byte[] of(HttpRequest request, Target target) throws IOException {
    var body = request.bodyPublisher().isPresent() ? collect(request.bodyPublisher().get()) : null;
    var text = new StringBuilder();
    text.append(method(request)).append(' ').append(target.path()).append(" HTTP/1.1\r\n");
    header(text, "Host", target.authority());
    // One request per connection: the next one is checked anew.
    header(text, "Connection", "close");
    var headers = request.headers();
    if (headers.firstValue("Accept-Encoding").isEmpty()) {
      header(text, "Accept-Encoding", "identity");
    }
    if (headers.firstValue("User-Agent").isEmpty()) {
      header(text, "User-Agent", "slipway");
    }
    headers.map().forEach((name, values) -> values.forEach(value -> caller(text, name, value)));
    if (body != null) {
      header(text, "Content-Length", Integer.toString(body.length));
    }
    if (text.length() > MAX_HEAD) {
      throw new IOException("the request's headers are too large");
    }
    var head = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    var out = new ByteArrayOutputStream(head.length + (body == null ? 0 : body.length));
    out.writeBytes(head);
    if (body != null) {
      out.writeBytes(body);
    }
    return out.toByteArray();
  }

  private static String method(HttpRequest request) {
    var method = request.method();
    if (!METHOD.matcher(method).matches() || method.equals("CONNECT") || method.equals("TRACE")) {
      throw new IllegalArgumentException("method " + method + " is not supported");
    }
    return method;
  }

  private static void caller(StringBuilder text, String name, String value) {
    if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
      header(text, name, value);
    }
  }

  private static void header(StringBuilder text, String name, String value) {
    if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("header " + name + " has characters that are not allowed");
    }
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private static byte[] collect(HttpRequest.BodyPublisher publisher) throws IOException {
    var collector = new Collector();
    publisher.subscribe(collector);
    try {
      return collector.done.get(PUBLISHER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new IOException("the request body can not be read", failed.getCause());
    } catch (TimeoutException slow) {
      throw new IOException("the request body is not ready");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }

  private static final class Collector implements Flow.Subscriber<ByteBuffer> {
    private final CompletableFuture<byte[]> done = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription offered) {
      subscription = offered;
      offered.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer part) {
      if (bytes.size() + part.remaining() > MAX_REQUEST_BODY) {
        if (subscription != null) {
          subscription.cancel();
        }
        done.completeExceptionally(new IOException("the request body is too large"));
        return;
      }
      var copy = new byte[part.remaining()];
      part.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      done.complete(bytes.toByteArray());
    }
  }
}
