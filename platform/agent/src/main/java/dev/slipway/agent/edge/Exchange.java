package dev.slipway.agent.edge;

import dev.slipway.agent.edge.Route.Share;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Each goes over a new connection to the instance: an idle one could be
 * closed at the wrong moment, and on one host a connect costs next to nothing.
 */
final class Exchange {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration BEFORE_SECOND_TRY = Duration.ofMillis(50);
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS");

  /** Set by us, so a client's own are lies; Expect is answered here. */
  private static final Set<String> REPLACED =
      Set.of(
          "host",
          "expect",
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-real-ip");

  /** What all exchanges share. */
  record Surroundings(
      Routes routes,
      Upstreams upstreams,
      RouteTraffic traffic,
      EdgeSettings settings,
      InFlight inFlight,
      Deadlines deadlines) {}

  private final Wire client;
  private final HeadParser.Request request;
  private final Surroundings around;
  private final Framing framing;
  private final boolean upgrade;
  private final long started = System.nanoTime();

  /** Whether the client has seen the first byte of an answer. */
  private boolean answered;

  /** Who was asked last. */
  private @Nullable Share asked;

  Exchange(Wire client, HeadParser.Request request, Surroundings around) throws BadMessage {
    this.client = client;
    this.request = request;
    this.around = around;
    this.framing = Framing.ofRequest(request.headers(), request.http11());
    this.upgrade =
        request.headers().lists("Connection", "upgrade")
            && request.headers().first("Upgrade").filter(u -> !u.startsWith("h2")).isPresent()
            && framing instanceof Framing.None
            && request.method().equals("GET");
  }

  /** The outcome of one try: whether the client connection may serve another request. */
  private record Outcome(int status, long bytes, boolean reusable) {}

  /** True when the connection may serve another request. */
  boolean run() throws IOException, BadMessage {
    var route = around.routes().find(request.host(), request.path());
    if (route.isEmpty()) {
      return refuse(404, "There is no app at " + shown() + ".\n");
    }
    if (!around.settings().allows(client.peer(), route.get().domain())) {
      return refuse(429, "Too many requests to " + shown() + " at once.\n");
    }
    Outcome outcome;
    try {
      outcome = forward(route.get(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    count(route.get(), outcome);
    return outcome.reusable();
  }

  private void count(Route route, Outcome outcome) {
    var by = Objects.requireNonNullElseGet(asked, route::whole).upstreamHost();
    var took = System.nanoTime() - started;
    around.traffic().record(route, by, outcome.status(), outcome.bytes(), took);
  }

  /**
   * @param failed who did not answer the first try; null in that
   */
  private Outcome forward(Route route, @Nullable Share failed)
      throws IOException, BadMessage, InterruptedException {
    var share = around.routes().turn(route, failed);
    asked = share;
    around.inFlight().enter(share.upstreamHost());
    boolean secondTry = false;
    try {
      // Looked up again after being counted: an instance whose route moved is stopped only when its
      // count is 0, so either it still stands or the new route is seen here.
      var current = around.routes().find(request.host(), request.path());
      if (current.equals(Optional.of(route))) {
        var connected = connect(share);
        if (connected != null) {
          var outcome = exchange(connected);
          if (outcome.isPresent()) {
            return outcome.get();
          }
          secondTry = REPEATABLE.contains(request.method()) && framing instanceof Framing.None;
        } else {
          secondTry = true;
        }
      } else {
        return current.isPresent()
            ? forward(current.get(), failed)
            : new Outcome(404, 0, refuse(404, "There is no app at " + shown() + ".\n"));
      }
    } finally {
      around.inFlight().leave(share.upstreamHost());
    }
    if (secondTry && failed == null) {
      Thread.sleep(BEFORE_SECOND_TRY);
      var again = around.routes().find(request.host(), request.path());
      if (again.isPresent()) {
        if (!again.get().shares().isEmpty()) {
          // Somebody else may answer; that this one did not must be seen all the same.
          count(route, new Outcome(502, 0, true));
        }
        return forward(again.get(), share);
      }
    }
    return new Outcome(502, 0, refuse(502, "The app at " + shown() + " does not answer.\n"));
  }

  /** Null when the instance does not listen. */
  private @Nullable Wire connect(Share share) {
    var address = address(share);
    if (address.isEmpty()) {
      return null;
    }
    var socket = new Socket();
    try {
      socket.connect(address.get(), (int) CONNECT.toMillis());
      return new Wire(socket);
    } catch (IOException e) {
      try {
        socket.close();
      } catch (IOException again) {
        // The connect fault is the answer; a socket that never connected has nothing to lose.
        return null;
      }
      return null;
    }
  }

  private Optional<InetSocketAddress> address(Share share) {
    var host = share.upstreamHost();
    if (host.equals("localhost")) {
      return Optional.of(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), share.upstreamPort()));
    }
    return IpLiteral.parse(host)
        .map(ip -> new InetSocketAddress(ip, share.upstreamPort()))
        .or(() -> around.upstreams().address(host, share.upstreamPort()));
  }

  /** Empty when the instance ended the connection without a word. */
  private Optional<Outcome> exchange(Wire upstream) throws IOException, BadMessage {
    around.deadlines().add(upstream);
    try (upstream) {
      upstream.allow(Body.IDLE);
      client.allow(Body.IDLE);
      HeadParser.Response response;
      Upload upload = null;
      try {
        upstream.writeHead(
            request.method() + " " + request.target() + " HTTP/1.1", outgoingHeaders());
        upload = Upload.start(client, upstream, framing, expectsContinue());
        response = finalResponse(upstream);
      } catch (BadMessage e) {
        return Optional.of(
            new Outcome(502, 0, refuse(502, "The app at " + shown() + " answers wrongly.\n")));
      } catch (IOException e) {
        var fault = upload == null ? null : upload.fault();
        if (fault != null) {
          throw fault;
        }
        return Optional.empty();
      }
      if (response.status() == 101) {
        return Optional.of(tunnel(upstream, response));
      }
      return Optional.of(deliver(upstream, response, upload));
    } finally {
      around.deadlines().remove(upstream);
    }
  }

  private boolean expectsContinue() {
    return request.http11() && request.headers().lists("Expect", "100-continue");
  }

  private List<Header> outgoingHeaders() {
    var headers = new ArrayList<>(request.headers().forwardable(REPLACED));
    headers.add(new Header("Host", request.authority()));
    headers.add(new Header("X-Forwarded-For", client.peer()));
    headers.add(new Header("X-Forwarded-Proto", "http"));
    headers.add(new Header("X-Forwarded-Host", request.authority()));
    if (framing instanceof Framing.Chunked) {
      headers.add(new Header("Transfer-Encoding", "chunked"));
    }
    if (upgrade) {
      headers.add(new Header("Connection", "Upgrade"));
      headers.add(new Header("Upgrade", request.headers().first("Upgrade").orElseThrow()));
    } else {
      headers.add(new Header("Connection", "close"));
    }
    return headers;
  }

  /** Skips interim answers, except the switch of protocols that was asked for. */
  private HeadParser.Response finalResponse(Wire upstream) throws IOException, BadMessage {
    for (int interim = 0; interim < 10; interim++) {
      var response = HeadParser.response(upstream);
      if (response.status() >= 200 || (response.status() == 101 && upgrade)) {
        return response;
      }
    }
    throw new BadMessage(502, "only interim answers");
  }

  private Outcome deliver(Wire upstream, HeadParser.Response response, Upload upload)
      throws IOException, BadMessage {
    var body = Framing.ofResponse(response.headers(), response.status(), request.method());
    boolean unmeasured = body instanceof Framing.Chunked || body instanceof Framing.UntilClose;
    boolean rechunk = unmeasured && request.http11();
    boolean reusable = request.keepsAlive() && (!unmeasured || rechunk) && upload.isDone();
    var headers =
        new ArrayList<>(
            response.headers().forwardable(unmeasured ? Set.of("content-length") : Set.of()));
    if (rechunk) {
      headers.add(new Header("Transfer-Encoding", "chunked"));
    }
    headers.add(new Header("Connection", reusable ? "keep-alive" : "close"));
    answered = true;
    client.writeHead("HTTP/1.1 " + response.status() + " " + response.reason(), headers);
    try {
      long bytes = new Body(upstream, client).carry(body, rechunk);
      return new Outcome(response.status(), bytes, reusable);
    } catch (BadMessage | EOFException e) {
      // Half an answer is out: only the broken connection can tell the client.
      return new Outcome(502, 0, false);
    }
  }

  private Outcome tunnel(Wire upstream, HeadParser.Response response) throws IOException {
    var headers = new ArrayList<>(response.headers().forwardable(Set.of("content-length")));
    headers.add(new Header("Connection", "Upgrade"));
    response.headers().first("Upgrade").ifPresent(u -> headers.add(new Header("Upgrade", u)));
    answered = true;
    client.writeHead("HTTP/1.1 101 " + response.reason(), headers);
    var bytes = new Tunnel(client, upstream).run();
    return new Outcome(101, bytes, false);
  }

  /** Answers with a text of our own; true when the connection may serve another request. */
  private boolean refuse(int status, String text) throws IOException {
    if (answered) {
      return false;
    }
    answered = true;
    boolean keepAlive = request.keepsAlive() && framing instanceof Framing.None;
    if (request.method().equals("HEAD")) {
      ClientConnection.answer(client, status, "", false);
      return false;
    }
    ClientConnection.answer(client, status, text, keepAlive);
    return keepAlive;
  }

  /** The host as asked for; it has passed {@link HostName}, so it is safe to repeat. */
  private String shown() {
    return request.host().isEmpty() ? "this address" : request.host();
  }
}
