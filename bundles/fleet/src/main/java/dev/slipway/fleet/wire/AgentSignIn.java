package dev.slipway.fleet.wire;

import dev.slipway.fleet.service.agent.AgentAccess;
import dev.slipway.fleet.service.agent.AgentAccess.Agent;
import dev.slipway.fleet.service.agent.AgentAccess.Freshness;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;

/** Reads the two metadata keys of every call and binds the agent to it. */
final class AgentSignIn implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> SERVER_ID =
      Metadata.Key.of("server-id", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<Agent> AGENT = Context.key("fleet-agent");
  private static final String BEARER = "Bearer ";

  private final AgentAccess access;

  AgentSignIn(AgentAccess access) {
    this.access = access;
  }

  /** The agent of the current call. */
  static Agent current() {
    return AGENT.get();
  }

  @Override
  public <I, O> ServerCall.Listener<I> interceptCall(
      ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
    var agent =
        access.signIn(
            headers.get(SERVER_ID),
            secret(headers.get(AUTHORIZATION)),
            freshness(call.getMethodDescriptor()));
    return Contexts.interceptCall(Context.current().withValue(AGENT, agent), call, headers, next);
  }

  private static Freshness freshness(MethodDescriptor<?, ?> method) {
    if (!method.getType().serverSendsOneMessage()) {
      return Freshness.NOW;
    }
    return "Heartbeat".equals(method.getBareMethodName()) ? Freshness.ANY : Freshness.SECONDS;
  }

  private static @Nullable String secret(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }
}
