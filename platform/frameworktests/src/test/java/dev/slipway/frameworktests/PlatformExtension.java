package dev.slipway.frameworktests;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands one running platform to all test classes: a framework start is the dear part of these
 * tests.
 */
final class PlatformExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Stand.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Stand.class))
        .getOrComputeIfAbsent(Shared.class)
        .stand;
  }

  /** Tests of what never ends wait for these limits. */
  private static final Map<String, String> LIMITS =
      Map.of("slipway.plugins.request.seconds", "10", "slipway.plugins.start.seconds", "10");

  /** Closed with the test run. */
  static final class Shared implements AutoCloseable {
    final Stand stand;

    Shared() throws Exception {
      stand = new Stand(LIMITS);
    }

    @Override
    public void close() {
      stand.close();
    }
  }
}
