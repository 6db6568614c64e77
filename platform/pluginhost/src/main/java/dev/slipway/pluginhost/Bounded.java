package dev.slipway.pluginhost;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** A plugin's service whose every call runs for a bounded time on the plugin's own threads. */
final class Bounded implements InvocationHandler {
  /** For what computes and waits for nothing. */
  static final Duration QUICK = Duration.ofSeconds(2);

  private final Bundle plugin;
  private final Limits limits;
  private final Object service;
  private final Function<Method, Duration> longest;

  private Bounded(
      Bundle plugin, Limits limits, Object service, Function<Method, Duration> longest) {
    this.plugin = plugin;
    this.limits = limits;
    this.service = service;
    this.longest = longest;
  }

  /**
   * Stands for a service.
   *
   * @param longest how long each of its methods may take
   */
  static <T> T of(
      Class<T> type, T service, Bundle plugin, Limits limits, Function<Method, Duration> longest) {
    var bounded = new Bounded(plugin, limits, service, longest);
    return type.cast(
        Proxy.newProxyInstance(Bounded.class.getClassLoader(), new Class<?>[] {type}, bounded));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofEveryObject(proxy, method, arguments);
    }
    try {
      return limits.call(plugin, longest.apply(method), () -> method.invoke(service, arguments));
    } catch (InvocationTargetException failed) {
      if (failed.getCause() instanceof Exception exception) {
        throw exception;
      }
      throw failure(failed.getCause());
    } catch (ExecutionException failed) {
      throw failure(failed.getCause());
    }
  }

  private RuntimeException failure(@Nullable Throwable error) {
    return new IllegalStateException(plugin.getSymbolicName() + " has failed", error);
  }

  private Object ofEveryObject(Object proxy, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> service.getClass().getName() + " of " + plugin.getSymbolicName();
    };
  }
}
