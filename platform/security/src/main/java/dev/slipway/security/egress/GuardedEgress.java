package dev.slipway.security.egress;

import dev.slipway.api.PlatformException;
import dev.slipway.api.net.Egress;
import dev.slipway.api.platform.Platform;
import java.io.IOException;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * An HTTP/1.1 client of our own, because {@code java.net.http} looks the name up itself, after any
 * check: a name server that answers differently the second time would lead it inside. The time-out
 * covers all of look-up, connection and answer.
 */
@Component(immediate = true)
public final class GuardedEgress implements Egress {
  private static final Duration USUAL = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Each holds up to {@link Egress#MAX_BODY} bytes. */
  private static final int MAX_AT_A_TIME = 128;

  private final Guard guard;
  private final SSLSocketFactory tls;
  private final Semaphore running = new Semaphore(MAX_AT_A_TIME, true);

  /** Made by the component runtime; a faulty allow-list keeps it from starting. */
  @Activate
  public GuardedEgress(@Reference Platform platform) {
    this(
        new Guard(AllowList.parse(platform.setting("slipway.egress.allow")), new SystemResolver()),
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  GuardedEgress(Guard guard, SSLSocketFactory tls) {
    this.guard = guard;
    this.tls = tls;
  }

  @Override
  public void check(String field, String url) {
    try {
      guard.check(Target.of(url));
    } catch (UnknownHostException notYet) {
      // A name may be saved before it exists; what it then leads to is checked with every request.
      return;
    } catch (PlatformException refused) {
      throw refused.withField(field, refused.getMessage());
    }
  }

  @Override
  public HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    var target = Target.of(request.uri().toString());
    var patience = request.timeout().orElse(USUAL);
    patience = patience.compareTo(LONGEST) > 0 ? LONGEST : patience;
    var deadline = System.nanoTime() + patience.toNanos();
    if (!running.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new HttpTimeoutException("too many requests at a time");
    }
    try (var exchange = new Exchange(target, tls, deadline)) {
      return within(deadline, () -> answer(exchange, target, request, deadline));
    } finally {
      running.release();
    }
  }

  private HttpResponse<byte[]> answer(
      Exchange exchange, Target target, HttpRequest request, long deadline) throws IOException {
    var addresses = guard.addresses(target, deadline);
    var text = RequestText.of(request, target);
    var answer = exchange.run(addresses, text, request.method().equals("HEAD"));
    return new GuardedResponse(request, answer, exchange.session());
  }

  /**
   * Socket calls heed neither interrupts nor a deadline; closing the exchange, as the caller does
   * next, ends them.
   */
  private static HttpResponse<byte[]> within(long deadline, Callable<HttpResponse<byte[]>> work)
      throws IOException, InterruptedException {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().name("egress").start(task);
    try {
      return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new HttpTimeoutException("no answer in time");
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException network -> throw network;
        case RuntimeException refused -> throw refused;
        case Error broken -> throw broken;
        case null, default -> throw new IllegalStateException(failed.getCause());
      }
    }
  }
}
