package dev.slipway.http.request;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.WebSocket;
import dev.slipway.http.limit.RateLimits;
import dev.slipway.http.route.Generation;
import dev.slipway.http.route.Generation.Bound;
import dev.slipway.http.route.Router;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** What is known of the request that the current thread serves. */
public final class Exchange {
  private static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

  private final String verb;
  private final String path;
  private final String requestId;
  private final Origin origin;
  private final Generation generation;
  private final LimitedInput body;
  private final long startedAt = System.nanoTime();
  private @Nullable Bound bound;
  private @Nullable Caller caller;
  private @Nullable Supplier<Caller> callerNow;
  private RateLimits.@Nullable Usage usage;
  private final List<Runnable> atEnd = new CopyOnWriteArrayList<>();
  private final boolean socketAsked;
  private @Nullable WebSocket socket;

  Exchange(
      Request request,
      Origin origin,
      String path,
      String requestId,
      Generation generation,
      LimitedInput body) {
    this.origin = origin;
    this.path = path;
    this.requestId = requestId;
    this.generation = generation;
    this.body = body;
    verb = request.getMethod();
    socketAsked = SocketCredential.asksForSocket(request.getHeaders());
  }

  /** The exchange of this thread. */
  public static Exchange current() {
    return CURRENT.get();
  }

  /** Does work of this exchange, on whichever thread. */
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }

  /**
   * Finds the route behind the matched resource method and attributes the request to its bundle;
   * null for OPTIONS, which Jersey answers itself.
   */
  @Nullable Bound match(ContainerRequest request) {
    var method = request.getUriInfo().getMatchedResourceMethod().getInvocable().getHandlingMethod();
    var found = generation.bound(method);
    if (found == null && verb.equals("OPTIONS")) {
      return null;
    }
    if (found == null) {
      throw new IllegalStateException("no route for " + method);
    }
    generation.matched(found);
    bound = found;
    return found;
  }

  /** Whether another application serves this path by now than the one that the request entered. */
  public boolean isOutrun(Router router) {
    return router.serving(path) != generation;
  }

  void caller(Caller known, Supplier<Caller> now) {
    caller = known;
    callerNow = now;
  }

  /**
   * Who asked, as of now.
   *
   * @throws dev.slipway.api.PlatformException where that is nobody any more, or nobody who may
   */
  public Caller callerNow() {
    return Objects.requireNonNull(callerNow).get();
  }

  void usage(RateLimits.Usage counted) {
    usage = counted;
  }

  /** What this call left of its operation's rate limit; null where there is none. */
  RateLimits.@Nullable Usage usage() {
    return usage;
  }

  /** Has something done when the exchange is over, whatever came of it. */
  public void atEnd(Runnable work) {
    atEnd.add(work);
  }

  /** The exchange is over; called once. */
  public void end() {
    generation.exit(bound);
    atEnd.forEach(Runnable::run);
  }

  /** Answers with a WebSocket; false where the client did not ask for one. */
  public boolean switchTo(WebSocket wanted) {
    if (socketAsked) {
      socket = wanted;
    }
    return socketAsked;
  }

  /** What the answer switches to; null where it is an ordinary one. */
  @Nullable WebSocket socket() {
    return socket;
  }

  /** HTTP method. */
  public String verb() {
    return verb;
  }

  /** Decoded path. */
  public String path() {
    return path;
  }

  /** Id of the request. */
  public String requestId() {
    return requestId;
  }

  /** Textual address of the client; the peer's, unless that is a trusted proxy. */
  public String remoteAddress() {
    return origin.address();
  }

  /** Whether a program on this machine made the request itself. */
  public boolean isLocal() {
    return origin.local();
  }

  /** The route; null before the request is matched. */
  public @Nullable Bound bound() {
    return bound;
  }

  /** Who asks; null before authentication. */
  public @Nullable Caller caller() {
    return caller;
  }

  /** The request body. */
  LimitedInput body() {
    return body;
  }

  /** Whether the request did not arrive whole. */
  public boolean isCutOff() {
    return body.isBroken();
  }

  /** Nanoseconds since the request came in. */
  public long elapsedNanos() {
    return System.nanoTime() - startedAt;
  }
}
