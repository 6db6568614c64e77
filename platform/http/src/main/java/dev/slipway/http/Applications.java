package dev.slipway.http;

import dev.slipway.http.json.CheckedCalls;
import dev.slipway.http.json.JsonBodies;
import dev.slipway.http.json.ProblemMapper;
import dev.slipway.http.limit.Idempotency;
import dev.slipway.http.limit.RateLimits;
import dev.slipway.http.request.AccessFilter;
import dev.slipway.http.request.AnswerFilter;
import dev.slipway.http.request.Converters;
import dev.slipway.http.request.Parameters;
import dev.slipway.http.route.Router;
import dev.slipway.http.stream.SocketWriter;
import dev.slipway.http.stream.SseWriter;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.glassfish.jersey.innate.inject.InternalBinder;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;

/** Builds Jersey applications of resource instances, all with the same filters and providers. */
final class Applications {
  private static final Duration LONGEST_AT_PLUGIN = Duration.ofSeconds(30);

  private final Router router;
  private final CheckedCalls checked;
  private final List<Object> providers;

  Applications(HttpPlatform.Services services, RateLimits limits, PluginCalls calls) {
    var set = services.platform().setting("slipway.plugins.request.seconds");
    var longest = set == null ? LONGEST_AT_PLUGIN : Duration.ofSeconds(Long.parseLong(set));
    checked = new CheckedCalls(calls, longest);
    // Jersey looks its delegate up through META-INF/services, which a bundle's loader does not see.
    RuntimeDelegate.setInstance(new org.glassfish.jersey.server.internal.RuntimeDelegateImpl());
    providers =
        List.of(
            new AccessFilter(services.authenticator(), limits),
            new Idempotency(services.keyed()),
            new AnswerFilter(),
            new JsonBodies(),
            new SseWriter(services.signals(), services.metrics()),
            new SocketWriter(),
            new Converters());
    router = new Router(this::build);
  }

  Router router() {
    return router;
  }

  private ApplicationHandler build(Collection<Object> resources) {
    var config = new ResourceConfig();
    config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    config.property("jersey.config.disableAutoDiscovery", true);
    config.property("jersey.config.disableMetainfServicesLookup", true);
    config.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
    config.property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 8192);
    providers.forEach(config::register);
    config.register(new ProblemMapper(() -> router()));
    config.register(new Hooks(checked));
    config.register(new FlatPaths());
    resources.forEach(config::register);
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(ApplicationHandler.class.getClassLoader());
    try {
      return new ApplicationHandler(config);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static final class Hooks extends InternalBinder {
    private final CheckedCalls checked;

    Hooks(CheckedCalls checked) {
      this.checked = checked;
    }

    @Override
    protected void configure() {
      bind(new Parameters()).to(ValueParamProvider.class);
      bind(checked).to(ResourceMethodInvocationHandlerProvider.class);
    }
  }
}
