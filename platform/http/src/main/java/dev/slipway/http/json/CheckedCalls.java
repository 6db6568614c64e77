package dev.slipway.http.json;

import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.http.PluginCalls;
import dev.slipway.http.request.Exchange;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;
import org.jspecify.annotations.Nullable;

/** Checks the parameters of a resource method just before it is called. */
public final class CheckedCalls implements ResourceMethodInvocationHandlerProvider {
  private final PluginCalls calls;
  private final Duration longest;

  /**
   * Calls plugins' methods through what bounds them.
   *
   * @param longest how long a request may take at a plugin
   */
  public CheckedCalls(PluginCalls calls, Duration longest) {
    this.calls = calls;
    this.longest = longest;
  }

  @Override
  public InvocationHandler create(Invocable invocable) {
    var method = invocable.getHandlingMethod();
    var resource = invocable.getHandler().getHandlerClass();
    var parameters = method.getParameters();
    var names = Arrays.stream(parameters).map(CheckedCalls::name).toList();
    var bodies = requiredBodies(parameters);
    var constrained = BodyCheck.constrained(resource, method);
    return (target, called, arguments) -> {
      try {
        for (var body : bodies) {
          if (arguments[body] == null) {
            throw CommonError.MALFORMED.of("it is empty");
          }
        }
        if (constrained) {
          BodyCheck.requireParameters(target, method, arguments, names);
        }
      } catch (PlatformException refusal) {
        // Jersey maps what a resource throws only when it comes wrapped.
        throw new InvocationTargetException(refusal);
      }
      return called(called, target, arguments);
    };
  }

  private @Nullable Object called(Method method, Object target, @Nullable Object[] arguments)
      throws Throwable {
    var bound = Exchange.current().bound();
    if (bound == null || !bound.bundle().owner().plugin()) {
      return method.invoke(target, arguments);
    }
    try {
      return calls.call(
          bound.bundle().owner().id(),
          target.getClass().getClassLoader(),
          longest,
          () -> method.invoke(target, arguments));
    } catch (PlatformException refusal) {
      throw new InvocationTargetException(refusal);
    }
  }

  private static List<Integer> requiredBodies(Parameter[] parameters) {
    var bodies = new ArrayList<Integer>();
    for (var i = 0; i < parameters.length; i++) {
      var body =
          parameters[i].getType().isRecord() && !parameters[i].isAnnotationPresent(Context.class);
      if (body && !parameters[i].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        bodies.add(i);
      }
    }
    return bodies;
  }

  private static String name(Parameter parameter) {
    if (parameter.getAnnotation(QueryParam.class) instanceof QueryParam query) {
      return query.value();
    }
    if (parameter.getAnnotation(PathParam.class) instanceof PathParam path) {
      return path.value();
    }
    if (parameter.getAnnotation(HeaderParam.class) instanceof HeaderParam header) {
      return header.value();
    }
    if (parameter.getAnnotation(FormParam.class) instanceof FormParam form) {
      return form.value();
    }
    return parameter.getName();
  }
}
