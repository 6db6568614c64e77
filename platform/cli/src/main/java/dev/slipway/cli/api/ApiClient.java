package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.config.StoredTenant;
import dev.slipway.cli.config.Timeouts;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls the platform as the session's user and renews the login when it has run out. */
public final class ApiClient implements AutoCloseable {
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private final Transport transport;
  private final Session session;
  private final @Nullable String wantedTenant;
  private @Nullable Optional<String> tenantId;
  private @Nullable GrpcStreams grpc;
  private boolean asksForGrpc;

  /** {@code wantedTenant} is an id or a slug, or null for the obvious one. */
  public ApiClient(Transport transport, Session session, @Nullable String wantedTenant) {
    this.transport = transport;
    this.session = session;
    this.wantedTenant = wantedTenant;
  }

  public static boolean isId(String text) {
    return UUID.matcher(text).matches();
  }

  public Session session() {
    return session;
  }

  public Timeouts timeouts() {
    return transport.timeouts();
  }

  /** The answer's body; missing where the platform answers with none. */
  public JsonNode call(ApiRequest request) {
    var answer = authorized(request, token -> send(request, token), Answer::status);
    if (!answer.succeeded()) {
      throw ApiException.of(answer);
    }
    return answer.json();
  }

  /** An answer that is text and no JSON. */
  public String text(ApiRequest request) {
    var answer = authorized(request, token -> send(request, token), Answer::status);
    if (!answer.succeeded()) {
      throw ApiException.of(answer);
    }
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /**
   * Follows by gRPC from now on, where the platform can be reached that way.
   *
   * @param url of the listener
   */
  public ApiClient streamingBy(URI url) {
    grpc = new GrpcStreams(url, () -> new GrpcStreams.Caller(session.token(), tenant()));
    return this;
  }

  /** Follows by gRPC where the platform says that it can, which it is asked when that matters. */
  public ApiClient streamingAsTold() {
    asksForGrpc = true;
    return this;
  }

  private @Nullable GrpcStreams grpc() {
    if (asksForGrpc) {
      asksForGrpc = false;
      told().ifPresent(this::streamingBy);
    }
    return grpc;
  }

  private Optional<URI> told() {
    try {
      var answer = call(ApiRequest.get("/api/version").as(Access.NONE));
      return GrpcListener.told(answer, session.url());
    } catch (CliException notNow) {
      return Optional.empty();
    }
  }

  /** Events until closed. Connects when the first one is asked for. */
  public EventStream stream(ApiRequest request) {
    return new EventStream(lastId -> connect(request, lastId), transport.timeouts());
  }

  /** How a deployment goes. */
  EventStream progress(ApiRequest request, String deploymentId) {
    var streams = grpc();
    return streams == null ? stream(request) : stream(request, streams.progress(deploymentId));
  }

  /** What an app says. */
  EventStream logs(ApiRequest request, String appId, int tail) {
    var streams = grpc();
    return streams == null ? stream(request) : stream(request, streams.logs(appId, tail));
  }

  private EventStream stream(ApiRequest request, Follow follow) {
    return new EventStream(
        lastId -> follow.isUsable() ? follow.open(lastId) : connect(request, lastId),
        transport.timeouts());
  }

  public List<Membership> memberships() {
    return Membership.listOf(call(ApiRequest.get("/api/auth/me").as(Access.USER)));
  }

  @Override
  public void close() {
    if (grpc != null) {
      grpc.close();
    }
    transport.close();
  }

  private Optional<ChunkQueue> connect(ApiRequest request, String lastId) {
    var response =
        authorized(
            request,
            token -> {
              var builder = prepare(request, token).header("Accept", "text/event-stream");
              if (!lastId.isEmpty()) {
                builder.header("Last-Event-ID", lastId);
              }
              return transport.open(builder.GET().build());
            },
            HttpResponse::statusCode);
    return switch (response.body()) {
      case ChunkQueue chunks -> Optional.of(chunks);
      case StreamBody.Whole whole -> {
        if (response.statusCode() == 204) {
          yield Optional.empty();
        }
        throw ApiException.of(new Answer(response.statusCode(), response.headers(), whole.bytes()));
      }
    };
  }

  private <T> T authorized(
      ApiRequest request, Function<@Nullable String, T> send, Function<T, Integer> status) {
    if (request.access() == Access.NONE) {
      return send.apply(null);
    }
    var token = session.token();
    var answer = send.apply(token);
    if (status.apply(answer) == 401 && session.renew(token, this::refresh)) {
      return send.apply(session.token());
    }
    return answer;
  }

  private Answer send(ApiRequest request, @Nullable String token) {
    try {
      return sendOnce(request, token);
    } catch (UnreachableException e) {
      // A kept connection that the platform has closed meanwhile shows only when it is used.
      if (e.isBroken() && request.repeatable()) {
        return sendOnce(request, token);
      }
      throw e;
    }
  }

  private Answer sendOnce(ApiRequest request, @Nullable String token) {
    var builder =
        prepare(request, token)
            .header("Accept", "application/json, application/yaml;q=0.5, text/*;q=0.5");
    return switch (request.payload()) {
      case null ->
          transport.send(builder.method(request.method(), BodyPublishers.noBody()).build());
      case ApiRequest.Payload.Json json -> {
        builder.header("Content-Type", "application/json");
        var body = BodyPublishers.ofString(json.value().toString());
        yield transport.send(builder.method(request.method(), body).build());
      }
      case ApiRequest.Payload.Upload upload -> {
        builder.header("Content-Type", upload.contentType());
        var body = watched(upload);
        yield transport.upload(builder.method(request.method(), body).build(), body);
      }
    };
  }

  private static WatchedBody watched(ApiRequest.Payload.Upload upload) {
    try {
      return new WatchedBody(upload.file());
    } catch (FileNotFoundException e) {
      throw new CliException(ExitCode.FAILED, "cannot read " + upload.file(), e);
    }
  }

  private HttpRequest.Builder prepare(ApiRequest request, @Nullable String token) {
    var builder = HttpRequest.newBuilder(request.on(session.url()));
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    if (request.access() == Access.TENANT) {
      tenant().ifPresent(id -> builder.header("X-Tenant-ID", id));
    }
    if (request.idempotencyKey() != null) {
      builder.header("Idempotency-Key", request.idempotencyKey());
    }
    return builder;
  }

  private Optional<String> tenant() {
    if (tenantId == null) {
      tenantId = resolveTenant();
    }
    return tenantId;
  }

  private Optional<String> resolveTenant() {
    var stored = session.tenant();
    if (wantedTenant == null) {
      if (session.knowsTenant()) {
        return Optional.empty();
      }
      return stored.map(StoredTenant::id).or(() -> Optional.of(obviousTenant()));
    }
    if (isId(wantedTenant)) {
      return Optional.of(wantedTenant);
    }
    return stored
        .filter(tenant -> tenant.slug().equals(wantedTenant))
        .map(StoredTenant::id)
        .or(() -> Optional.of(Membership.named(memberships(), wantedTenant).tenantId()));
  }

  private String obviousTenant() {
    var all = memberships();
    return Membership.obvious(all)
        .map(Membership::tenantId)
        .orElseThrow(
            () ->
                CliException.usage(
                    "choose a tenant by --tenant or slipway tenant use; "
                        + Membership.choice(all)));
  }

  private Session.TokenPair refresh(Session.TokenPair old) {
    var body = JsonNodeFactory.instance.objectNode().put("refreshToken", old.refreshToken());
    var request = ApiRequest.post("/api/auth/refresh").as(Access.NONE).body(body);
    try {
      return tokens(call(request));
    } catch (ApiException e) {
      if (e.status() != 401) {
        throw e;
      }
      throw new CliException(ExitCode.DENIED, "your login has expired; use slipway login again", e);
    }
  }

  static Session.TokenPair tokens(JsonNode answer) {
    var access = answer.path("accessToken").asText("");
    var refresh = answer.path("refreshToken").asText("");
    if (access.isEmpty() || refresh.isEmpty()) {
      throw CliException.failed("the answer carries no tokens; is this a Slipway platform?");
    }
    return new Session.TokenPair(access, refresh);
  }
}
